import { buildSweepResult } from '../../results/build-sweep';
import type { SweepResult } from '../../results/sweep-result';
import type { Series } from '../state/question';
import { useStore } from '../state/store';
import { questionNow } from './series';
import { sweepQuery } from './sweep';

/** A curve as it is exported; null while there is nothing. Radii without an estimate are left out. */
export function toSweepResult(series: Series): SweepResult | null {
  const question = questionNow(series);
  const { backend } = useStore.getState();
  const { prediction, estimates } = sweepQuery.read(question).data;
  if (question === null || prediction === null || backend === null) return null;
  const { model, image, seed, stop, sigmas, estimators } = question;
  return buildSweepResult({
    app: __APP_VERSION__,
    model,
    image,
    target: prediction.target,
    seed,
    backend: backend.name,
    stop,
    sigmas,
    estimators,
    estimates,
  });
}
