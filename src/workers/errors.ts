import { CorrelationError } from '../estimators/gaussian-cdf';
import { ClassifierError } from '../estimators/model';
import { EstimateError } from '../estimators/request';
import { printable } from '../text/printable';
import type { EngineErrorCode, EngineErrorInfo } from './error-info';
import { giveUp } from './pulse';

/** A failure of the engine with a stable code and a sentence for people. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly code: EngineErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(printable(message), options);
  }
}

/** Whether a wasm module broke off somewhere, which leaves its memory in disorder. */
function isTrap(error: unknown): boolean {
  if (typeof WebAssembly === 'undefined' || !(error instanceof Error)) return false;
  return error instanceof WebAssembly.RuntimeError || isTrap(error.cause);
}

/** Rejects with plain data, which crosses to the page: an Error would lose its code on the way. */
export async function rejectWithInfo<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw toErrorInfo(error);
  }
}

/** What the page is told of any thrown value. */
export function toErrorInfo(error: unknown): EngineErrorInfo {
  if (isTrap(error)) giveUp();
  if (error instanceof EngineError) return { code: error.code, message: error.message };
  const isOutput = [ClassifierError, CorrelationError, EstimateError].some((type) => error instanceof type);
  if (isOutput && error instanceof Error) return { code: 'model_output', message: error.message };
  if (error instanceof RangeError) return { code: 'bad_request', message: printable(error.message) };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: printable(`The engine failed: ${message}`) };
}
