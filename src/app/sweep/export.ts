import { buildSweepResult } from '../../results/build-sweep';
import type { SweepResult } from '../../results/sweep-result';
import { stopRule } from '../state/settings';
import type { AppState } from '../state/store';

/** The shown sweep as it is exported; null while there is nothing. Radii without an estimate are left out. */
export function toSweepResult({ sweep, model, image, backend, settings }: AppState): SweepResult | null {
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
    estimators: settings.estimators,
    estimates: sweep.estimates,
  });
}
