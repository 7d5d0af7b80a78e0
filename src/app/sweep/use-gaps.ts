import { CATALOGUE } from '../../estimators/catalogue';
import type { EstimatorDescription } from '../../estimators/definition';
import { shownEstimators } from '../state/selectors';
import type { SweepState } from '../state/store';
import { useLane } from '../state/use-lane';
import { type GapVerdict, judgeGaps } from './gap';

interface Gaps {
  readonly judged: readonly EstimatorDescription[];
  readonly verdict: GapVerdict;
}

function gapsOf(
  shown: readonly string[],
  estimates: SweepState['estimates'],
  count: number,
  target: number,
): Gaps | null {
  const judged = CATALOGUE.filter(({ id, kind }) => kind === 'analytical' && shown.includes(id));
  if (!shown.includes('mc') || judged.length === 0) return null;
  const rowOf = (id: string) => Array.from({ length: count }, (_, i) => estimates[id]?.[i]);
  const analytical = Object.fromEntries(judged.map(({ id }) => [id, rowOf(id)]));
  return { judged, verdict: judgeGaps(analytical, rowOf('mc'), target) };
}

const NONE: SweepState['estimates'] = {};
/** Several parts of the page ask, each time that something new comes in. */
const judgedBefore = new WeakMap<
  SweepState['estimates'],
  { readonly from: readonly unknown[]; readonly gaps: Gaps | null }
>();

/** What is judged against sampling, and the verdict; null where sampling or all that it could judge is switched off. */
export function useGaps(): Gaps | null {
  const shown = useLane(shownEstimators);
  const estimates = useLane((state) => state.sweep?.estimates) ?? NONE;
  const count = useLane((state) => state.sweep?.sigmas.length ?? 0);
  const target = useLane((state) => state.sweep?.prediction?.target ?? 0);
  const from = [shown, count, target];
  const before = judgedBefore.get(estimates);
  if (before?.from.every((part, i) => part === from[i])) return before.gaps;
  const gaps = gapsOf(shown, estimates, count, target);
  judgedBefore.set(estimates, { from, gaps });
  return gaps;
}
