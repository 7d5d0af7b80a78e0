import { CATALOGUE } from '../estimators/catalogue';
import type { Estimate, StopRule } from '../estimators/estimate';
import { type ResultModel, toModelRecord } from './model-record';
import type { EstimateRow, SweepResult } from './sweep-result';

/** What was computed, where, and under which settings. */
export interface SweepRecord {
  /** Version of Probust. */
  readonly app: string;
  readonly model: ResultModel;
  readonly image: { readonly sha256: string; readonly width: number; readonly height: number };
  readonly target: number;
  readonly seed: number;
  readonly backend: string;
  readonly stop: StopRule;
  readonly sigmas: readonly number[];
  /** Ids of the estimators that belong to the result. */
  readonly estimators: readonly string[];
  /** By estimator, one place a radius; what is missing is left out. */
  readonly estimates: Readonly<Record<string, readonly (Estimate | undefined)[]>>;
}

/** An estimate as it stands in an export: the fields of the schema, and none else. */
export function toRow(estimate: Estimate): EstimateRow {
  const { classCounts: _counts, shared: _shared, samplingDegrees: _degrees, flags, ...row } = estimate;
  return { ...row, flags: [...flags] };
}

/** The exported form of a sweep, the same from the page and from the command line; estimators in the registry's order. */
export function buildSweepResult(record: SweepRecord): SweepResult {
  const { app, model, image, target, seed, backend, stop, sigmas } = record;
  const shown = CATALOGUE.filter(({ id }) => record.estimators.includes(id));
  return {
    schema: 'probust-sweep/1',
    app,
    model: toModelRecord(model),
    image: { sha256: image.sha256, width: image.width, height: image.height },
    target: { index: target, label: model.card.labels[target] ?? '' },
    seed,
    backend,
    stop: { ...stop },
    options: Object.fromEntries(
      shown
        .filter(({ options }) => Object.keys(options).length > 0)
        .map(({ id, options }) => [id, { ...options }]),
    ),
    sigmas: [...sigmas],
    estimates: Object.fromEntries(
      shown.map(({ id }) => [
        id,
        (record.estimates[id] ?? []).filter((estimate) => estimate !== undefined).map(toRow),
      ]),
    ),
  };
}
