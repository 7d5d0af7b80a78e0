import type { Pass } from '../backend-info';

export interface PassRequest {
  readonly modelId: string;
  readonly pass: Pass;
  /** n inputs of d values each, row-major. */
  readonly inputs: Float32Array;
}

export interface MeasureRequest {
  readonly modelId: string;
  readonly pass: Pass;
  /** Inputs in one batch. */
  readonly batch: number;
  readonly repeats: number;
}

/** Passes over a whole batch of inputs. Everything rejects with EngineErrorInfo. */
export interface BatchApi {
  /** One pass over given inputs: n x K logits, or n x d gradients. */
  evaluate(request: PassRequest): Promise<Float32Array>;
  /** Milliseconds of each repeat of a pass over noise. */
  measure(request: MeasureRequest): Promise<number[]>;
}
