import type { Estimate, StopRule } from '../../estimators/estimate';
import type { EngineErrorInfo } from '../error-info';

/** A sweep of one image over radii. Ids are chosen by the page and grow. */
export interface SweepJob {
  readonly id: number;
  readonly modelId: string;
  /** Prepared input, d values. */
  readonly x: Float32Array;
  /** Class t, or null for the prediction at the clean image. */
  readonly target: number | null;
  readonly sigmas: readonly number[];
  readonly estimators: readonly string[];
  readonly seed: number;
  readonly stop: StopRule;
}

/** The clean image's logits, and the class whose survival is asked for. */
export interface Prediction {
  readonly logits: readonly number[];
  readonly probabilities: readonly number[];
  readonly predicted: number;
  readonly target: number;
}

/** Where an estimate stood on its way. */
export type EstimateSnapshot = Pick<Estimate, 'evaluations' | 'gradients' | 'p' | 'lo' | 'hi'>;

export interface EstimateUpdate {
  readonly estimatorId: string;
  readonly sigmaIndex: number;
  readonly estimate: Estimate;
  /** What it passed through since the update before, in order; absent where that is nothing. */
  readonly passed?: readonly EstimateSnapshot[];
}

/** What a sweep streams back: progress and partial results mixed, then done. */
export type SweepEvent =
  | Omit<Extract<JobEvent, { type: 'progress' }>, 'jobId'>
  | Omit<Extract<JobEvent, { type: 'partial' }>, 'jobId'>
  | { readonly type: 'done'; readonly ms: number };

/** What a job streams back, in this order: progress and partial results mixed, then one of done and error. */
export type JobEvent =
  | {
      readonly type: 'progress';
      readonly jobId: number;
      /** Share done in [0, 1]; never falls. */
      readonly fraction: number;
      readonly secondsLeft: number | null;
    }
  | {
      readonly type: 'partial';
      readonly jobId: number;
      readonly prediction?: Prediction;
      readonly updates: readonly EstimateUpdate[];
      /** Estimators that are through, and one that could not be computed; the others go on. */
      readonly finished?: readonly string[];
      readonly failed?: { readonly estimatorId: string; readonly error: EngineErrorInfo };
    }
  | { readonly type: 'done'; readonly jobId: number; readonly cancelled: boolean; readonly ms: number }
  | { readonly type: 'error'; readonly jobId: number; readonly error: EngineErrorInfo };

export interface SweepApi {
  /** Runs until done, cancelled or failed; everything comes through `emit`. */
  run(job: SweepJob, emit: (event: JobEvent) => void): Promise<void>;
}
