import { useMemo } from 'react';
import { CATALOGUE } from '../../estimators/catalogue';
import type { EstimatorDescription } from '../../estimators/definition';
import { shownEstimators } from '../state/selectors';
import { useLane } from '../state/use-lane';
import { type GapVerdict, judgeGaps } from './gap';

/** What is judged against sampling, and the verdict; null where sampling or all that it could judge is switched off. */
export function useGaps(): {
  readonly judged: readonly EstimatorDescription[];
  readonly verdict: GapVerdict;
} | null {
  const shown = useLane(shownEstimators);
  const estimates = useLane((state) => state.sweep?.estimates);
  const count = useLane((state) => state.sweep?.sigmas.length ?? 0);
  const target = useLane((state) => state.sweep?.prediction?.target ?? 0);
  return useMemo(() => {
    const judged = CATALOGUE.filter(({ id, kind }) => kind === 'analytical' && shown.includes(id));
    if (!shown.includes('mc') || judged.length === 0) return null;
    const rowOf = (id: string) => Array.from({ length: count }, (_, i) => estimates?.[id]?.[i]);
    const analytical = Object.fromEntries(judged.map(({ id }) => [id, rowOf(id)]));
    return { judged, verdict: judgeGaps(analytical, rowOf('mc'), target) };
  }, [shown, estimates, count, target]);
}
