import * as v from 'valibot';
import { csvTable } from './csv';
import { modelColumns, modelRecordSchema } from './model-record';

const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const nonNegative = v.pipe(v.number(), v.finite(), v.minValue(0));

export const estimateRowSchema = v.object({
  sigma: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  p: probability,
  lo: v.nullable(probability),
  hi: v.nullable(probability),
  interval: v.picklist(['confidence-sequence', 'clopper-pearson', 'student-t', 'none']),
  level: v.nullable(probability),
  numericalError: v.nullable(nonNegative),
  samplingError: v.nullable(nonNegative),
  evaluations: nonNegative,
  gradients: nonNegative,
  ms: nonNegative,
  flags: v.array(v.string()),
});

/** What leaves the page: everything that another person needs to check or repeat a sweep, less the image itself. */
export const sweepResultSchema = v.object({
  schema: v.literal('probust-sweep/1'),
  app: v.string(),
  model: modelRecordSchema,
  /** SHA-256 of the prepared float32 little-endian NHWC bytes; width and height of the source picture. */
  image: v.object({ sha256: v.string(), width: v.number(), height: v.number() }),
  target: v.object({ index: v.number(), label: v.string() }),
  seed: v.number(),
  backend: v.string(),
  stop: v.variant('rule', [
    v.object({ rule: v.literal('precision'), halfWidth: v.number(), maxSamples: v.number() }),
    v.object({ rule: v.literal('fixed'), samples: v.number() }),
  ]),
  /** Settings of single estimators, by id. */
  options: v.record(
    v.string(),
    v.record(v.string(), v.union([v.pipe(v.number(), v.finite()), v.string(), v.boolean()])),
  ),
  sigmas: v.array(v.pipe(v.number(), v.finite())),
  estimates: v.record(v.string(), v.array(estimateRowSchema)),
});

export type SweepResult = v.InferOutput<typeof sweepResultSchema>;
export type EstimateRow = v.InferOutput<typeof estimateRowSchema>;

/** Reads an exported sweep. Throws a SweepResultError that names the first field that is wrong. */
export function parseSweepResult(text: string): SweepResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SweepResultError('not a probust-sweep/1 file: it is not whole, or not JSON');
  }
  const result = checked(value, 'not a probust-sweep/1 file');
  for (const [id, rows] of Object.entries(result.estimates)) {
    const crossed = rows.find(({ lo, hi }) => lo !== null && hi !== null && lo > hi);
    if (crossed !== undefined) {
      throw new SweepResultError(
        `not a probust-sweep/1 file: estimates.${id}: limits in the wrong order at radius ${crossed.sigma}`,
      );
    }
  }
  return result;
}

/** Whether a file's text says that it is one of Probust's, of whichever kind. */
export function isProbustFile(text: string): boolean {
  return /"schema"\s*:\s*"probust-/.test(text.slice(0, 2000));
}

/** Thrown instead of writing a sweep with something in it that is no number; names the field. */
export class SweepResultError extends Error {
  override readonly name = 'SweepResultError';
}

function checked(value: unknown, complaint: string): SweepResult {
  const result = v.safeParse(sweepResultSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new SweepResultError(`${complaint}: ${v.getDotPath(issue) ?? 'top level'}: ${issue.message}`);
}

/** The file's text. JSON has no NaN and would turn it into null: throws a SweepResultError before that. */
export function toJson(result: SweepResult): string {
  return `${JSON.stringify(checked(result, 'The sweep cannot be exported'), null, 1)}\n`;
}

const COLUMNS = [
  'sigma',
  'p',
  'lo',
  'hi',
  'interval',
  'level',
  'numericalError',
  'samplingError',
  'evaluations',
  'gradients',
  'ms',
  'flags',
] as const satisfies readonly (keyof EstimateRow)[];

/** The same as CSV (RFC 4180): one row per estimator and radius, the settings repeated on each so that rows stand alone. Throws SweepResultError. */
export function toCsv(unchecked: SweepResult): string {
  const result = checked(unchecked, 'The sweep cannot be exported');
  const shared = {
    schema: result.schema,
    app: result.app,
    ...modelColumns(result.model),
    imageSha256: result.image.sha256,
    imageWidth: result.image.width,
    imageHeight: result.image.height,
    targetIndex: result.target.index,
    targetLabel: result.target.label,
    seed: result.seed,
    backend: result.backend,
    stop: JSON.stringify(result.stop),
    options: JSON.stringify(result.options),
  };
  const header = ['estimator', ...COLUMNS, ...Object.keys(shared)];
  const rows = Object.entries(result.estimates).flatMap(([id, estimates]) =>
    estimates.map((estimate) => [id, ...COLUMNS.map((column) => estimate[column]), ...Object.values(shared)]),
  );
  return csvTable([header, ...rows]);
}
