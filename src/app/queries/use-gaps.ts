import { CATALOGUE, type CatalogueEntry } from '../../estimators/catalogue';
import type { StopRule } from '../../estimators/estimate';
import { REFERENCE } from '../../estimators/roles';
import { type GapVerdict, judgeGaps } from '../state/gap';
import type { EstimateTable } from './estimates';
import { useSweep } from './hooks';
import { useQuestion } from './series';

interface Gaps {
  readonly judged: readonly CatalogueEntry[];
  /** The sweep's radii, in ascending order. */
  readonly sigmas: readonly number[];
  readonly verdict: GapVerdict;
}

function gapsOf(
  shown: readonly string[],
  estimates: EstimateTable['estimates'],
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

/** Several parts of the page ask, each time that something new comes in. */
const judgedBefore = new WeakMap<
  EstimateTable['estimates'],
  { readonly from: readonly unknown[]; readonly gaps: Gaps | null }
>();

/** What is judged against sampling, and the verdict; null where sampling or all that it could judge is switched off. */
export function useGaps(): Gaps | null {
  const question = useQuestion();
  const estimates = useSweep(({ data }) => data.estimates);
  const target = useSweep(({ data }) => data.prediction?.target ?? 0);
  if (question === null) return null;
  const { estimators, sigmas, stop } = question;
  const from = [estimators, sigmas, target, stop];
  const before = judgedBefore.get(estimates);
  if (before?.from.every((part, i) => part === from[i])) return before.gaps;
  const gaps = gapsOf(estimators, estimates, sigmas, target, stop);
  judgedBefore.set(estimates, { from, gaps });
  return gaps;
}
