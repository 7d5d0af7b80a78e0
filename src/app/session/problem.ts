import type { EngineErrorInfo } from '../../workers/protocol';
import { useStore } from '../state/store';

/** The sentence of an Error, or of the plain data as which errors cross from a worker. */
export function messageOf(error: unknown): string {
  const message = (error as Partial<EngineErrorInfo> | null)?.message;
  return typeof message === 'string' ? message : String(error);
}

/** Shows what went wrong; nothing else of the state changes. */
export function report(error: unknown): void {
  useStore.setState({ problem: messageOf(error) });
}
