import { printable } from '../text/printable';

/** Why an archive could not be opened: a stable code for programs, beside the sentence for people. */
export type ArchiveErrorCode = 'damaged' | 'unsupported' | 'too_large';

/** An archive that is not opened. `message` is one sentence that names the file and what to do about it. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';

  constructor(
    readonly code: ArchiveErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(printable(message), options);
  }
}

export function damaged(name: string, cause?: unknown): ArchiveError {
  return new ArchiveError('damaged', `${name} is damaged or cut off; fetch it anew.`, { cause });
}

/** @param why to follow the file's name, as “is encrypted” */
export function unsupported(name: string, why: string, instead: string): ArchiveError {
  return new ArchiveError('unsupported', `${name} ${why}; ${instead}.`);
}
