import type { Contender } from './contenders';
import { RANGES } from './plan';
import { type Case, gain, inRange, type Repetition, type Score, score } from './score';
import { estimateKey, openStores, readWeights, type Study, scoredRadii, seedOf, truthKey } from './study';
import { type Truth, truthOf } from './truth';

/** What the stores hold for one contender, every image and radius; throws where something is missing. */
function casesOf(
  study: Study,
  contender: Contender,
  { truths, estimates }: ReturnType<typeof openStores>,
): Case[] {
  const { models, digits, truthSamples } = study;
  const weightsOf = readWeights(models);
  return models.flatMap((model) =>
    Array.from(digits.entries()).flatMap(([i, digit]) => {
      const weights = weightsOf[model.id] as string;
      const scored = scoredRadii(model, weights, digit, study, truths);
      const runs = Array.from({ length: scored.length === 0 ? 0 : contender.seeds }, (_, repetition) => {
        const run = estimates.get(estimateKey(weights, scored, digit, contender, seedOf(i, repetition)));
        if (run === undefined) throw new Error(`${contender.key} was not computed for ${digit.name}`);
        return run;
      });
      return model.sigmas.map((sigma): Case => {
        const at = scored.indexOf(sigma);
        return {
          model: model.id,
          digit: i,
          sigma,
          truth: truths.get(truthKey(weights, digit, sigma, truthSamples)) as Truth,
          repetitions: at < 0 ? [] : runs.map((run) => run[at] as Repetition),
        };
      });
    }),
  );
}

export interface Scored {
  readonly contender: Contender;
  /** By model, and 'all'; for each range of p. */
  readonly scores: Readonly<Record<string, readonly (Score | null)[]>>;
}

/** Importance sampling and plain Monte Carlo that cost the same, over the cases of one model and range. */
export interface Duel {
  readonly group: string;
  readonly model: string;
  readonly range: readonly [number, number];
  readonly ours: Score;
  readonly mc: Score;
  readonly gain: { readonly ratio: number; readonly stdErr: number };
}

export interface Results {
  readonly scored: readonly Scored[];
  readonly duels: readonly Duel[];
  /** Mean of the true p over the images, at each radius of each model. */
  readonly means: Readonly<Record<string, readonly { sigma: number; mean: number }[]>>;
}

export function evaluate(study: Study): Results {
  const stores = openStores(study.shards);
  const names = [...study.models.map(({ id }) => id as string), 'all'];
  const all = study.contenders.map((contender) => ({ contender, cases: casesOf(study, contender, stores) }));
  const of = (cases: readonly Case[], name: string) =>
    cases.filter(({ model }) => name === 'all' || model === name);
  const scored = all.map(({ contender, cases }): Scored => {
    const scores = names.map((name) => [
      name,
      RANGES.map((range) => score(inRange(of(cases, name), range), ({ estimate }) => estimate)),
    ]);
    return { contender, scores: Object.fromEntries(scores) };
  });
  const duels = all
    .filter(({ contender }) => contender.definition.id === 'importance')
    .flatMap(({ contender, cases }) =>
      names.flatMap((model) =>
        RANGES.flatMap((range): Duel[] => {
          const inside = inRange(of(cases, model), range);
          const ours = score(inside, ({ estimate }) => estimate);
          const mc = score(inside, ({ mcAtItsCost, estimate }) => mcAtItsCost ?? estimate);
          if (ours === null || mc === null) return [];
          return [{ group: contender.group, model, range, ours, mc, gain: gain(inside) }];
        }),
      ),
    );
  const first = all[0]?.cases ?? [];
  const means = study.models.map(({ id, sigmas }) => [
    id,
    sigmas.map((sigma) => {
      const ps = of(first, id).filter((each) => each.sigma === sigma);
      return { sigma, mean: ps.reduce((sum, { truth }) => sum + truthOf(truth).p, 0) / ps.length };
    }),
  ]);
  return { scored, duels, means: Object.fromEntries(means) };
}
