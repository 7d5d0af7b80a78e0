import { CATALOGUE, type CatalogueEntry } from '../../estimators/catalogue';

import type { StopRule } from '../../estimators/estimate';
import { REFERENCE } from '../../estimators/roles';
import { type GapVerdict, judgeGaps } from './gap';
import { currentStop, shownEstimators } from './selectors';
import type { SweepState } from './store';
import { useLane } from './use-lane';

interface Gaps {
  readonly judged: readonly CatalogueEntry[];
  /** The sweep's radii, in ascending order. */
  readonly sigmas: readonly number[];
  readonly verdict: GapVerdict;
}

function gapsOf(
  shown: readonly string[],
  estimates: SweepState['estimates'],
  sigmas: readonly number[],
  target: number,
  stop: StopRule,
): Gaps | null {
  const judged = CATALOGUE.filter(({ id, kind }) => kind === 'analytical' && shown.includes(id));
  if (!shown.includes(REFERENCE.id) || judged.length === 0) return null;
  const rowOf = (id: string) => sigmas.map((_, i) => estimates[id]?.[i]);
  const analytical = Object.fromEntries(judged.map(({ id }) => [id, rowOf(id)]));
  return { judged, sigmas, verdict: judgeGaps(analytical, rowOf(REFERENCE.id), target, stop) };
}

const NONE: SweepState['estimates'] = {};
const NO_RADII: readonly number[] = [];
/** Several parts of the page ask, each time that something new comes in. */
const judgedBefore = new WeakMap<
  SweepState['estimates'],
  { readonly from: readonly unknown[]; readonly gaps: Gaps | null }
>();

/** What is judged against sampling, and the verdict; null where sampling or all that it could judge is switched off. */
export function useGaps(): Gaps | null {
  const shown = useLane(shownEstimators);
  const estimates = useLane((state) => state.sweep?.estimates) ?? NONE;
  const sigmas = useLane((state) => state.sweep?.sigmas) ?? NO_RADII;
  const target = useLane((state) => state.sweep?.prediction?.target ?? 0);
  const stop = useLane(currentStop);
  const from = [shown, sigmas, target, stop];
  const before = judgedBefore.get(estimates);
  if (before?.from.every((part, i) => part === from[i])) return before.gaps;
  const gaps = gapsOf(shown, estimates, sigmas, target, stop);
  judgedBefore.set(estimates, { from, gaps });
  return gaps;
}
