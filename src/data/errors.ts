import { printable } from '../text/printable';

/** Why a data set's file could not be read: a stable code for programs, beside the sentence for people. */
export type DataErrorCode =
  | 'missing'
  | 'unknown'
  | 'wrong_format'
  | 'truncated'
  | 'mismatch'
  | 'checksum'
  | 'download';

/** `message` is one sentence that names the file and what is wrong with it. */
export class DataError extends Error {
  override readonly name = 'DataError';

  constructor(
    readonly code: DataErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(printable(message), options);
  }
}
