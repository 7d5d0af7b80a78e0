import * as v from 'valibot';
import { csvTable } from './csv';
import { modelColumns, modelRecordSchema } from './model-record';

const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const classRowSchema = v.object({
  index: v.number(),
  label: v.string(),
  p: probability,
  lo: v.nullable(probability),
  hi: v.nullable(probability),
});

/** Where noise of one radius leads, class by class. */
export const classesResultSchema = v.object({
  schema: v.literal('probust-classes/1'),
  app: v.string(),
  model: modelRecordSchema,
  image: v.object({ sha256: v.string(), width: v.number(), height: v.number() }),
  predicted: v.object({ index: v.number(), label: v.string() }),
  seed: v.number(),
  backend: v.string(),
  stop: v.variant('rule', [
    v.object({ rule: v.literal('precision'), halfWidth: v.number(), maxSamples: v.number() }),
    v.object({ rule: v.literal('fixed'), samples: v.number() }),
  ]),
  sigma: v.pipe(v.number(), v.gtValue(0)),
  /** By estimator; one row a class, in the order of the model's outputs. */
  estimates: v.record(
    v.string(),
    v.object({
      interval: v.picklist(['confidence-sequence', 'clopper-pearson', 'student-t', 'none']),
      /** At which the limits of all classes hold together; null without limits. */
      level: v.nullable(probability),
      evaluations: v.number(),
      gradients: v.number(),
      ms: v.number(),
      flags: v.array(v.string()),
      classes: v.array(classRowSchema),
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
