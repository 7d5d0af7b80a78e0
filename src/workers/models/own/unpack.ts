import { ArchiveError, type ArchiveErrorCode, Budget, isZip as isZipFile, readZip } from '../../../archives';
import type { EngineErrorCode } from '../../error-info';
import { EngineError } from '../../errors';
import { MAX_MODEL_BYTES, type OwnFile } from './own-file';

const LIMITS = {
  bytes: MAX_MODEL_BYTES,
  entries: 10_000,
  instead: 'quantise the weights to float16 when converting, or take a smaller model',
} as const;

const CODES: Readonly<Record<ArchiveErrorCode, EngineErrorCode>> = {
  damaged: 'model_incomplete',
  unsupported: 'model_format',
  too_large: 'model_too_large',
};

const named = ({ path, bytes }: OwnFile) => ({ name: path, bytes });

export const isZip = (file: OwnFile): boolean => isZipFile(named(file));

/** The files of a zip; archives among them stay closed. Throws EngineError model_too_large, model_incomplete or model_format. */
export function unpack(file: OwnFile): OwnFile[] {
  try {
    return readZip(named(file), new Budget(LIMITS), true).map(({ name, bytes }) => ({ path: name, bytes }));
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    throw new EngineError(CODES[error.code], error.message, { cause: error });
  }
}
