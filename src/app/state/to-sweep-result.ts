import { buildSweepResult } from '../../results/build-sweep';
import type { SweepResult } from '../../results/sweep-result';
import { shownEstimators } from './selectors';
import { stopRule } from './settings';
import type { AppState } from './store';

/** The shown sweep as it is exported; null while there is nothing. Radii without an estimate are left out. */
export function toSweepResult(state: AppState): SweepResult | null {
  const { sweep, model, image, backend, settings } = state;
  const prediction = sweep?.prediction;
  if (!sweep || !prediction || !model || !image || !backend) return null;
  return buildSweepResult({
    app: __APP_VERSION__,
    model,
    image,
    target: prediction.target,
    seed: settings.seed,
    backend: backend.name,
    stop: stopRule(settings),
    sigmas: sweep.sigmas,
    estimators: shownEstimators(state),
    estimates: sweep.estimates,
  });
}
