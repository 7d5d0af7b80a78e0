import type { Prediction } from '../../workers/protocol/sweep';
import { type EstimateTable, NO_ESTIMATES } from './estimates';

/** What a sweep found. */
export interface SweepData extends EstimateTable {
  /** Null until the clean image has been classified. */
  readonly prediction: Prediction | null;
  /** Milliseconds that the engine took for what it finished; null before. */
  readonly ms: number | null;
}

export const NO_SWEEP: SweepData = { ...NO_ESTIMATES, prediction: null, ms: null };
