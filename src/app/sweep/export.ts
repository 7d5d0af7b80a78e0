import type { Estimate } from '../../estimators/estimate';
import { ESTIMATORS } from '../../estimators/registry';
import type { EstimateRow, SweepResult } from '../../results/sweep-result';
import { stopRule } from '../state/settings';
import type { AppState } from '../state/store';

/** An estimate as it stands in an export: the fields of the schema, and none else. */
export function toRow(estimate: Estimate): EstimateRow {
  const {
    classCounts: _counts,
    nearTies: _ties,
    shared: _shared,
    samplingDegrees: _degrees,
    flags,
    ...row
  } = estimate;
  return { ...row, flags: [...flags] };
}

/** The shown sweep as it is exported; null while there is nothing. Radii without an estimate are left out. */
export function toSweepResult({ sweep, model, image, backend, settings }: AppState): SweepResult | null {
  const prediction = sweep?.prediction;
  if (!sweep || !prediction || !model || !image || !backend) return null;
  const estimates: Record<string, EstimateRow[]> = {};
  const shown = ESTIMATORS.filter(({ id }) => settings.estimators.includes(id));
  for (const { id } of shown) {
    estimates[id] = (sweep.estimates[id] ?? []).filter((estimate) => estimate !== undefined).map(toRow);
  }
  return {
    schema: 'probust-sweep/1',
    app: __APP_VERSION__,
    model: { id: model.card.id, sha256: model.sha256 },
    image: { sha256: image.sha256, width: image.width, height: image.height },
    target: { index: prediction.target, label: model.card.labels[prediction.target] ?? '' },
    seed: settings.seed,
    backend: backend.name,
    stop: stopRule(settings),
    options: Object.fromEntries(
      shown
        .filter(({ options }) => Object.keys(options).length > 0)
        .map(({ id, options }) => [id, { ...options }]),
    ),
    sigmas: [...sweep.sigmas],
    estimates,
  };
}
