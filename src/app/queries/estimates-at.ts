import type { Estimate } from '../../estimators/estimate';
import type { Question } from '../state/question';
import type { QueryResult } from './definition';
import type { EstimateTable } from './estimates';
import type { History } from './history';
import type { Sweep } from './sweep';

/** What is known of a curve, and at the selected radius if the sweep has no such one. */
export interface Estimates {
  readonly question: Question | null;
  readonly sweep: Sweep;
  readonly atRadius: QueryResult<EstimateTable>;
}

function rowAt(
  { question, sweep, atRadius }: Estimates,
  sigma: number,
): { readonly table: EstimateTable; readonly index: number } | null {
  const index = question?.sigmas.indexOf(sigma) ?? -1;
  if (index >= 0) return { table: sweep.data, index };
  return question?.selectedSigma === sigma ? { table: atRadius.data, index: 0 } : null;
}

/** The newest estimate of one estimator at a radius. */
export function estimateAt(known: Estimates, id: string, sigma: number): Estimate | undefined {
  const row = rowAt(known, sigma);
  return row?.table.estimates[id]?.[row.index];
}

/** How that estimate came about. */
export function historyAt(known: Estimates, id: string, sigma: number): History | undefined {
  const row = rowAt(known, sigma);
  return row?.table.history[id]?.[row.index];
}
