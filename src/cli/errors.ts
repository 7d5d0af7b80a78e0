import { DataError } from '../data';
import { CorrelationError } from '../estimators/gaussian-cdf';
import { ClassifierError } from '../estimators/model';
import { ImageError } from '../image';
import { printable } from '../text/printable';
import type { EngineErrorCode } from '../workers/error-info';
import { isOutOfMemory, isSystemError, reason } from './system-errors';

/** What the process ends with; scripts rely on it. */
export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  input: 3,
  model: 4,
  interrupted: 130,
  pipe: 141,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure with the exit code that it ends in and one sentence for a person. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(printable(message), options);
  }
}

/** The command line itself is wrong. */
export const usageError = (message: string): CliError => new CliError(EXIT.usage, message);

/** A file that is read or written is wrong. */
export const inputError = (message: string, cause?: unknown): CliError =>
  new CliError(EXIT.input, message, { cause });

export const interrupted = (consequence = 'nothing was written'): CliError =>
  new CliError(EXIT.interrupted, `Interrupted; ${consequence}.`);

const ENGINE_EXITS: Readonly<Record<EngineErrorCode, ExitCode>> = {
  backend_unavailable: EXIT.internal,
  device_lost: EXIT.internal,
  model_not_found: EXIT.model,
  model_invalid: EXIT.model,
  model_checksum: EXIT.model,
  model_output: EXIT.model,
  model_format: EXIT.model,
  model_incomplete: EXIT.model,
  model_too_large: EXIT.model,
  model_weights: EXIT.model,
  model_unsupported: EXIT.model,
  gradients_unavailable: EXIT.model,
  bad_request: EXIT.input,
  internal: EXIT.internal,
};

function engineExit(error: unknown): ExitCode | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && Object.hasOwn(ENGINE_EXITS, code)
    ? ENGINE_EXITS[code as EngineErrorCode]
    : undefined;
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').trim();

/** Exit code and sentence of anything thrown; the engine's errors are plain data with a code. */
export function describeError(error: unknown): { exitCode: ExitCode; message: string } {
  const message = (error as { message?: unknown } | null)?.message;
  const text = typeof message === 'string' ? message : String(error);
  if (error instanceof CliError) return { exitCode: error.exitCode, message: text };
  if (error instanceof ImageError || error instanceof CorrelationError || error instanceof DataError)
    return { exitCode: EXIT.input, message: text };
  if (error instanceof ClassifierError) return { exitCode: EXIT.model, message: text };
  const exitCode = engineExit(error);
  if (exitCode !== undefined) return { exitCode, message: text };
  if (isSystemError(error)) {
    return { exitCode: EXIT.input, message: `${error.path ?? 'A file'} cannot be used: ${reason(error)}.` };
  }
  if (isOutOfMemory(error)) {
    return { exitCode: EXIT.input, message: 'This needs more memory than there is; ask for less at once.' };
  }
  return { exitCode: EXIT.internal, message: `An error inside Probust: ${firstLine(text)}` };
}
