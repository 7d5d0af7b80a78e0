import { EngineError } from '../errors';

/** Throws EngineError gradients_unavailable. @param what needs them @param why there are none, null where there are */
export function assertGradients(what: string, why: string | null): void {
  if (why === null) return;
  throw new EngineError(
    'gradients_unavailable',
    `${what} needs gradients, which this model does not have because ${why}.`,
  );
}
