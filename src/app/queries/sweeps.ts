import { SERIES } from '../state/question';
import { useStore } from '../state/store';
import { questionNow } from './series';
import { sweepQuery } from './sweep';

function forEachQuestion(act: (question: NonNullable<ReturnType<typeof questionNow>>) => void): void {
  for (const series of SERIES) {
    const question = questionNow(series);
    if (question !== null) act(question);
  }
}

/** Stops what is computed for the curves and keeps what was found. */
export const cancelSweeps = (): void => forEachQuestion((question) => sweepQuery.cancel(question));

/** Computes what cancelled or failed sweeps left undone. */
export function resumeSweeps(): void {
  useStore.setState({ problem: null });
  forEachQuestion((question) => sweepQuery.resume(question));
}
