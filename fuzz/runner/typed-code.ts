import { CliError, EXIT } from '../../src/cli/errors';
import { DataError } from '../../src/data';
import { CorrelationError } from '../../src/estimators/gaussian-cdf';
import { ImageError } from '../../src/image';
import { SweepResultError } from '../../src/results/sweep-result';
import { EngineError } from '../../src/workers/errors';

/** The engine rejects with plain data. */
function engineCode(error: unknown): string | null {
  if (error instanceof Error || typeof error !== 'object' || error === null) return null;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' && typeof message === 'string' && code !== 'internal' ? code : null;
}

/** The stable code of an error that the product throws on purpose; null for any other. */
export function typedCode(error: unknown): string | null {
  if (error instanceof DataError || error instanceof ImageError) return error.code;
  if (error instanceof EngineError) return error.code === 'internal' ? null : error.code;
  if (error instanceof CliError) return error.exitCode === EXIT.internal ? null : `exit ${error.exitCode}`;
  if (error instanceof SweepResultError) return 'sweep';
  if (error instanceof CorrelationError) return 'correlation';
  return engineCode(error);
}
