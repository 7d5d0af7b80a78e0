import type { EstimatorDefinition } from '../../src/estimators/definition';
import { DEFAULT_STOP, type StopRule } from '../../src/estimators/estimate';
import { gaussianMarginOver } from '../../src/estimators/methods/gaussian-margin';
import { mmseOver } from '../../src/estimators/methods/mmse';
import { mmseMvsOver } from '../../src/estimators/methods/mmse-mvs';
import { mmsePairsOver } from '../../src/estimators/methods/mmse-pairs';
import { ESTIMATORS, findEstimator } from '../../src/estimators/registry';

/** One estimator at one cost. */
export interface Contender {
  readonly key: string;
  readonly definition: EstimatorDefinition;
  readonly stop: StopRule;
  /** Repetitions with seeds of their own, 1 where nothing is drawn. */
  readonly seeds: number;
  /** Set with which it is compared. */
  readonly group: Group;
}

export type Group = 'default' | 'small' | 'large';

export const GROUPS: Readonly<Record<Group, string>> = {
  default: 'As the page runs them',
  small: 'At 250 forward passes',
  large: 'At 4000 forward passes',
};

const fixed = (samples: number): StopRule => ({ rule: 'fixed', samples });
/** Sampling estimators, whose errors vary most and are held against each other. */
const JUDGED = ['mc', 'importance'];
const DRAWS_NOTHING = ['taylor', 'taylor_mvs', 'softmax'];

const registered = (id: string): EstimatorDefinition => {
  const found = findEstimator(id);
  if (found === undefined) throw new Error(`no estimator is called ${id}`);
  return found;
};

/** Every estimator of the registry as it stands there, then those whose cost can be set, at equal budgets. */
export function contenders(seeds: number): Contender[] {
  const asRegistered = ESTIMATORS.map((definition): Contender => {
    const drawsNothing = DRAWS_NOTHING.includes(definition.id);
    return {
      key: `default:${definition.id}`,
      definition,
      stop: DEFAULT_STOP,
      seeds: drawsNothing ? 1 : JUDGED.includes(definition.id) ? 2 * seeds : seeds,
      group: 'default',
    };
  });
  const at = (
    group: Group,
    definition: EstimatorDefinition,
    stop: StopRule,
    repeated = seeds,
  ): Contender => ({
    key: `${group}:${definition.id}`,
    definition,
    stop,
    seeds: repeated,
    group,
  });
  // Jacobians of ten classes cost 21 forward passes.
  const few = Math.max(1, Math.floor(seeds / 2));
  return [
    ...asRegistered,
    at('small', mmseOver(12), fixed(0)),
    at('small', mmseMvsOver(12), fixed(0)),
    at('small', mmsePairsOver(12), fixed(0)),
    at('small', gaussianMarginOver(126), fixed(0)),
    at('small', registered('mc'), fixed(252), 2 * seeds),
    at('large', mmseOver(190), fixed(0), few),
    at('large', mmseMvsOver(190), fixed(0), few),
    at('large', mmsePairsOver(190), fixed(0), few),
    at('large', gaussianMarginOver(2000), fixed(0), few),
    at('large', registered('mc'), fixed(4000), 2 * seeds),
    at('large', registered('importance'), fixed(LARGE_IMPORTANCE), 2 * seeds),
  ];
}

/** Samples of importance sampling whose whole cost is about that of the large budget. */
export const LARGE_IMPORTANCE = 3328;
