import { EngineError } from '../../errors';

/** A file as it was handed over; the path is relative to what was dropped or chosen. */
export interface OwnFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A model of one's own may have this many bytes, all files together, unpacked. */
export const MAX_MODEL_BYTES = 500_000_000;

/** Throws EngineError model_too_large. */
export function assertModelSize(bytes: number): void {
  if (bytes <= MAX_MODEL_BYTES) return;
  throw new EngineError(
    'model_too_large',
    `These files hold ${Math.ceil(bytes / 1e6)} MB and the limit is ${MAX_MODEL_BYTES / 1e6} MB; quantise the weights to float16 when converting, or take a smaller model.`,
  );
}
