import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EstimatorContext } from '../../src/estimators/definition';
import type { Estimate } from '../../src/estimators/estimate';
import { mc } from '../../src/estimators/methods/mc';
import { argmax } from '../../src/estimators/model';
import { modelsFolder, projectFolder } from '../../src/node/engine';
import { contextFor, finalEstimates } from '../../tests/support/run';
import { loadClassifier } from '../support/classifier';
import { digest, Store, sourcesDigest } from '../support/store';
import type { Contender } from './contenders';
import type { Digit } from './digits';
import { costOf, type MODELS } from './plan';
import { type Answer, isScored, type Repetition } from './score';
import { countSurvivors, type Truth, truthNoise } from './truth';

type Model = (typeof MODELS)[number];

const CACHE = join(projectFolder, 'bench', 'accuracy', '.cache');

export interface Study {
  readonly models: readonly Model[];
  readonly digits: readonly Digit[];
  readonly truthSamples: number;
  readonly contenders: readonly Contender[];
  /** This process's number and how many share the images; 0 of 1 alone. */
  readonly shard: number;
  readonly shards: number;
}

const toAnswer = (estimate: Estimate): Answer => {
  const { p, lo, hi, samplingError, numericalError, ms, flags } = estimate;
  const stated = samplingError === null ? null : Math.hypot(samplingError, numericalError ?? 0);
  return { p, lo, hi, stated, cost: costOf(estimate), ms: Math.round(ms), flags };
};

const bytes = (x: Float32Array): Uint8Array => new Uint8Array(x.buffer, x.byteOffset, x.byteLength);

/** Digests of the weights by model: what was computed with others is of no use. */
export type Weights = Readonly<Record<string, string>>;

export const readWeights = (models: readonly Model[]): Weights =>
  Object.fromEntries(
    models.map(({ id }) => {
      const folder = join(modelsFolder, id);
      const files = readdirSync(folder).filter((name) => name === 'model.json' || name.endsWith('.bin'));
      return [id, digest(...files.sort().map((name) => readFileSync(join(folder, name))))];
    }),
  );

export const truthKey = (weights: string, digit: Digit, sigma: number, samples: number): string =>
  [weights, digest(bytes(digit.x)), sigma, samples].join(' ');

export function estimateKey(
  weights: string,
  sigmas: readonly number[],
  digit: Digit,
  { key, stop, definition }: Contender,
  seed: number,
): string {
  const code = sourcesDigest(definition.id);
  return [weights, sigmas.join(), digest(bytes(digit.x)), key, JSON.stringify(stop), seed, code].join(' ');
}

/** The radii at which estimates are scored, and so the only ones for which they are asked. */
export const scoredRadii = (
  { sigmas }: Model,
  weights: string,
  digit: Digit,
  { truthSamples }: Study,
  truths: Store<Truth>,
): number[] =>
  sigmas.filter((sigma) => {
    const truth = truths.get(truthKey(weights, digit, sigma, truthSamples));
    if (truth === undefined) throw new Error(`the truth of ${digit.name} at ${sigma} was not computed`);
    return isScored(truth);
  });

/** Seeds differ between images, so that their errors are independent. */
export const seedOf = (digit: number, repetition: number): number => 1 + 1000 * digit + repetition;

export const openStores = (writer: number) => ({
  truths: new Store<Truth>(CACHE, 'truths', writer),
  estimates: new Store<Repetition[]>(CACHE, 'estimates', writer),
});

/** Computes what the stores lack for the images of this shard. */
export async function compute(study: Study, log: (line: string) => void): Promise<void> {
  const { models, digits, truthSamples, contenders, shard, shards } = study;
  const stores = openStores(shard);
  const own = Array.from(digits.entries()).filter(([i]) => i % shards === shard);
  const weightsOf = readWeights(models);
  let noise: Float32Array | null = null;
  for (const model of models) {
    const classifier = await loadClassifier(model.id);
    const weights = weightsOf[model.id] as string;
    for (const [i, digit] of own) {
      for (const sigma of model.sigmas) {
        const key = truthKey(weights, digit, sigma, truthSamples);
        if (stores.truths.get(key) !== undefined) continue;
        noise ??= truthNoise(truthSamples, classifier.inputLength);
        const target = argmax(await classifier.logits(digit.x));
        stores.truths.set(key, await countSurvivors(classifier, digit.x, target, sigma, noise));
      }
      log(`truth ${model.id} ${i + 1}/${digits.length}`);
    }
    classifier.dispose();
  }
  noise = null;
  for (const model of models) {
    const classifier = await loadClassifier(model.id);
    const weights = weightsOf[model.id] as string;
    for (const [i, digit] of own) {
      const sigmas = scoredRadii(model, weights, digit, study, stores.truths);
      if (sigmas.length === 0) continue;
      const base = await contextFor(classifier, digit.x, sigmas);
      for (const contender of contenders) {
        for (let repetition = 0; repetition < contender.seeds; repetition++) {
          const seed = seedOf(i, repetition);
          const key = estimateKey(weights, sigmas, digit, contender, seed);
          if (stores.estimates.get(key) !== undefined) continue;
          stores.estimates.set(key, await repeat({ ...base, seed, stop: contender.stop }, contender));
        }
      }
      log(`estimates ${model.id} ${i + 1}/${digits.length}`);
    }
    classifier.dispose();
  }
}

async function repeat(context: EstimatorContext, { definition }: Contender): Promise<Repetition[]> {
  const repetitions: Repetition[] = [];
  for (const estimate of await finalEstimates(definition, context)) {
    if (definition.id !== 'importance') {
      repetitions.push({ estimate: toAnswer(estimate) });
      continue;
    }
    const stop = { rule: 'fixed', samples: costOf(estimate) } as const;
    const [plain] = await finalEstimates(mc, { ...context, sigmas: [estimate.sigma], stop });
    repetitions.push({ estimate: toAnswer(estimate), mcAtItsCost: toAnswer(plain as Estimate) });
  }
  return repetitions;
}
