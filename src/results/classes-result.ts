import * as v from 'valibot';
import { csvTable } from './csv';
import {
  amount,
  classNumber,
  classRecord,
  count,
  flagList,
  imageRecord,
  intervalKind,
  listOf,
  probability,
  radius,
  seed,
  stopRecord,
  text,
} from './fields';
import { modelColumns, modelRecordSchema } from './model-record';

const classRowSchema = v.object({
  index: classNumber,
  label: text,
  p: probability,
  lo: v.nullable(probability),
  hi: v.nullable(probability),
});

/** Where noise of one radius leads, class by class. */
export const classesResultSchema = v.object({
  schema: v.literal('probust-classes/1'),
  app: text,
  model: modelRecordSchema,
  image: imageRecord,
  predicted: classRecord,
  seed,
  backend: text,
  stop: stopRecord,
  sigma: radius,
  /** By estimator; one row a class, in the order of the model's outputs. */
  estimates: v.record(
    text,
    v.object({
      interval: intervalKind,
      /** At which the limits of all classes hold together; null without limits. */
      level: v.nullable(probability),
      evaluations: count,
      gradients: count,
      ms: amount,
      flags: flagList,
      classes: listOf(classRowSchema, 1_000_000),
    }),
  ),
});

export type ClassesResult = v.InferOutput<typeof classesResultSchema>;

/** The same as CSV: one row per estimator and class. */
export function classesCsv(result: ClassesResult): string {
  const shared = {
    schema: result.schema,
    app: result.app,
    ...modelColumns(result.model),
    imageSha256: result.image.sha256,
    predictedIndex: result.predicted.index,
    predictedLabel: result.predicted.label,
    seed: result.seed,
    backend: result.backend,
    stop: JSON.stringify(result.stop),
    sigma: result.sigma,
  };
  const header = [
    'estimator',
    'index',
    'label',
    'p',
    'lo',
    'hi',
    'interval',
    'level',
    'evaluations',
    'gradients',
  ];
  const rows = Object.entries(result.estimates).flatMap(
    ([id, { classes, interval, level, evaluations, gradients }]) =>
      classes.map(({ index, label, p, lo, hi }) => [
        ...[id, index, label, p, lo, hi, interval, level, evaluations, gradients],
        ...Object.values(shared),
      ]),
  );
  return csvTable([[...header, ...Object.keys(shared)], ...rows]);
}
