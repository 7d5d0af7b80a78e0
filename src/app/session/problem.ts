import type { EngineErrorInfo } from '../../workers/error-info';
import { useStore } from '../state/store';

/** The sentence of an Error, or of the plain data as which errors cross from a worker. */
export function messageOf(error: unknown): string {
  const message = (error as Partial<EngineErrorInfo> | null)?.message;
  return typeof message === 'string' ? message : String(error);
}

/** Shows what could not be fetched, with a way to try again. */
export function fail(error: unknown, retry: () => void): void {
  useStore.setState({ failed: { message: messageOf(error), retry } });
}

/** Takes a failure off the page and tries again. */
export function tryAgain(): void {
  const { failed } = useStore.getState();
  useStore.setState({ failed: null });
  failed?.retry();
}

/** Takes a failure off the page, where it is not needed. */
export function dismissFailure(): void {
  useStore.setState({ failed: null });
}

/** Takes what went wrong off the page. */
export function dismissProblem(): void {
  useStore.setState({ problem: null });
}

/** Shows what went wrong; nothing else of the state changes. */
export function report(error: unknown): void {
  useStore.setState({ problem: messageOf(error) });
}
