/**
 * npm run bench:importance -- [--samples 4096] [--seeds 5]
 * Variance of plain Monte Carlo over that of importance sampling, by the probability of the rarer outcome: for the same
 * number of samples, and at equal cost with design, pilots and self-check counted and a gradient taken for two passes.
 * On the small nets of the tests and on the bundled models over the sample digits.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import type { EstimatorContext } from '../src/estimators/definition';
import type { Estimate } from '../src/estimators/estimate';
import { importance } from '../src/estimators/methods/importance';
import { folderReader, projectFolder } from '../src/node/engine';
import { loadModelFolder } from '../src/workers/models/load';
import { startBackend } from '../src/workers/tfjs/backend';
import { TfjsClassifier } from '../src/workers/tfjs/classifier';
import { contextFor, finalEstimates } from '../tests/support/run';
import { smallNets } from '../tests/support/small-nets';

const RANGES = [0.5, 0.1, 0.01, 1e-3, 1e-5, 1e-16] as const;
const SHELF = ['mnist-linear', 'mnist-mlp', 'mnist-cnn'];
const DIGITS = ['two-round', 'four-or-nine', 'seven-crossed', 'three-or-eight', 'zero-round'];
const SIGMAS = [0.1, 0.2, 0.3, 0.5, 0.8];

interface Ratio {
  readonly rarer: number;
  readonly perSample: number;
  readonly perCost: number;
}

const flagged = ({ flags }: Estimate): boolean =>
  flags.includes('check_failed') || flags.includes('few_failures');

function ratioOf(estimates: readonly Estimate[], samples: number): Ratio | null {
  if (estimates.some(flagged)) return null;
  const mean = (pick: (estimate: Estimate) => number): number =>
    estimates.reduce((sum, estimate) => sum + pick(estimate), 0) / estimates.length;
  const variance = mean(
    ({ samplingError, numericalError }) => (samplingError ?? 0) ** 2 + (numericalError ?? 0) ** 2,
  );
  const p = mean((estimate) => estimate.p);
  const passes = mean(({ evaluations, gradients }) => evaluations + 2 * gradients);
  const plain = p * (1 - p);
  return {
    rarer: Math.min(p, 1 - p),
    perSample: plain / samples / variance,
    perCost: plain / passes / variance,
  };
}

const geometricMean = (values: readonly number[]): string =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length).toPrecision(3);

function report(name: string, ratios: readonly (Ratio | null)[]): void {
  console.log(`${name}: ${ratios.filter((ratio) => ratio === null).length} of ${ratios.length} flagged`);
  for (const [i, top] of RANGES.entries()) {
    const bottom = RANGES[i + 1] ?? 0;
    const inside = ratios.filter(
      (ratio) => ratio !== null && ratio.rarer <= top && ratio.rarer > bottom,
    ) as Ratio[];
    if (inside.length === 0) continue;
    const [perSample, perCost] = [inside.map((each) => each.perSample), inside.map((each) => each.perCost)];
    console.log(
      `  ${`${bottom} < q <= ${top}`.padEnd(22)} ${String(inside.length).padStart(3)} cases` +
        `   per sample ${geometricMean(perSample)} (least ${Math.min(...perSample).toPrecision(2)})` +
        `   at equal cost ${geometricMean(perCost)} (least ${Math.min(...perCost).toPrecision(2)})`,
    );
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { samples: { type: 'string', default: '4096' }, seeds: { type: 'string', default: '5' } },
  });
  const [samples, seeds] = [Number(values.samples), Number(values.seeds)];
  const measure = async (context: EstimatorContext): Promise<(Ratio | null)[]> => {
    const runs: Estimate[][] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      runs.push(await finalEstimates(importance, { ...context, seed, stop: { rule: 'fixed', samples } }));
    }
    return context.sigmas.map((_, i) =>
      ratioOf(
        runs.map((run) => run[i] as Estimate),
        samples,
      ),
    );
  };

  console.log(`${samples} samples a radius, mean variance of ${seeds} seeds, geometric mean over cases`);
  for (const { activation, classifier, cases } of smallNets) {
    const ratios: (Ratio | null)[] = [];
    for (const { x, sigma, target } of cases) {
      ratios.push(
        ...(await measure(await contextFor(classifier, Float32Array.from(x), [sigma], { target }))),
      );
    }
    report(`small ${activation} net`, ratios);
  }
  await startBackend('wasm', 1);
  for (const id of SHELF) {
    const { card, model } = await loadModelFolder(id, folderReader(id));
    const classifier = new TfjsClassifier(model, card.input.shape, card.labels.length);
    const ratios: (Ratio | null)[] = [];
    for (const digit of DIGITS) {
      const png = PNG.sync.read(readFileSync(join(projectFolder, 'public', 'samples', `${digit}.png`)));
      const x = Float32Array.from(
        { length: classifier.inputLength },
        (_, i) => (png.data[4 * i] as number) / 255,
      );
      ratios.push(...(await measure(await contextFor(classifier, x, SIGMAS))));
    }
    report(id, ratios);
    classifier.dispose();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
