import * as v from 'valibot';
import { complaintOf } from '../text/complaint';
import { csvTable } from './csv';
import {
  amount,
  classRecord,
  count,
  finite,
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

/** Ten times as many as the command line computes. */
export const MOST_RADII = 10_000;
/** More than there will be estimators, and than settings of one. */
const MOST_ENTRIES = 64;
/** Limits may miss their own p by the rounding of how they were found. */
const ROUNDING = 1e-9;

export const estimateRowSchema = v.object({
  sigma: radius,
  p: probability,
  lo: v.nullable(probability),
  hi: v.nullable(probability),
  interval: intervalKind,
  level: v.nullable(probability),
  numericalError: v.nullable(amount),
  samplingError: v.nullable(amount),
  evaluations: count,
  gradients: count,
  ms: amount,
  flags: flagList,
  /** Of `evaluations` noisy copies those called the target, nearly tied, and exactly tied; absent where not counted. */
  successes: v.optional(count),
  nearTies: v.optional(count),
  exactTies: v.optional(count),
});

/** What leaves the page: everything that another person needs to check or repeat a sweep, less the image itself. */
const sweepResultSchema = v.object({
  schema: v.literal('probust-sweep/1'),
  app: text,
  model: modelRecordSchema,
  image: imageRecord,
  target: classRecord,
  seed,
  backend: text,
  stop: stopRecord,
  /** Settings of single estimators, by id. */
  options: v.record(text, v.record(text, v.union([finite, text, v.boolean()]))),
  sigmas: listOf(radius, MOST_RADII),
  estimates: v.record(text, listOf(estimateRowSchema, MOST_RADII)),
});

export type SweepResult = v.InferOutput<typeof sweepResultSchema>;
export type EstimateRow = v.InferOutput<typeof estimateRowSchema>;

const COMPLAINT = 'not a probust-sweep/1 file';

/** Reads an exported sweep. Throws a SweepResultError that names the first field that is wrong. */
export function parseSweepResult(text: string): SweepResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SweepResultError(`${COMPLAINT}: it is not whole, or not JSON`);
  }
  const result = checked(value, COMPLAINT);
  const contradiction = contradictionIn(result);
  if (contradiction !== null) throw new SweepResultError(`${COMPLAINT}: ${contradiction}`);
  return result;
}

/** What in a sweep's rows contradicts the rest of it, in words; null if nothing does. */
function contradictionIn({ options, estimates }: SweepResult): string | null {
  const ids = Object.keys(estimates);
  if (ids.length > MOST_ENTRIES) return `estimates has more than ${MOST_ENTRIES} estimators`;
  if (Object.keys(options).length > MOST_ENTRIES) return `options has more than ${MOST_ENTRIES} estimators`;
  const crowded = Object.keys(options).find((id) => Object.keys(options[id] ?? {}).length > MOST_ENTRIES);
  if (crowded !== undefined) return `options.${crowded} has more than ${MOST_ENTRIES} settings`;
  for (const id of ids) {
    const seen = new Set<number>();
    for (const row of estimates[id] ?? []) {
      const wrong = wrongIn(row);
      if (wrong !== null) return `estimates.${id}: ${wrong} at radius ${row.sigma}`;
      if (seen.has(row.sigma)) return `estimates.${id}: two rows at radius ${row.sigma}`;
      seen.add(row.sigma);
    }
  }
  return null;
}

function wrongIn({ p, lo, hi, interval, evaluations, ...counted }: EstimateRow): string | null {
  const most = Math.max(counted.successes ?? 0, counted.nearTies ?? 0, counted.exactTies ?? 0);
  if (most > evaluations) return 'more counted than copies were made';
  if (lo !== null && hi !== null && lo > hi) return 'limits in the wrong order';
  if ((lo === null) !== (hi === null)) return 'one limit without the other';
  if ((lo === null) !== (interval === 'none')) return 'limits that do not fit their kind of interval';
  if (lo === null || hi === null) return null;
  return p < lo - ROUNDING || p > hi + ROUNDING ? 'p outside its limits' : null;
}

/** Whether a file's text says that it is one of Probust's, of whichever kind. Its beginning is enough. */
export function isProbustFile(text: string): boolean {
  return /"schema"\s*:\s*"probust-/.test(text.slice(0, PROBUST_START));
}

/** Characters at the beginning of a file among which its schema stands. */
export const PROBUST_START = 2000;

/** Thrown instead of writing a sweep with something in it that is no number; names the field. */
export class SweepResultError extends Error {
  override readonly name = 'SweepResultError';
}

function checked(value: unknown, complaint: string): SweepResult {
  // The first issue is all that is told, and a hostile file may have one a row.
  const result = v.safeParse(sweepResultSchema, value, { abortEarly: true });
  if (result.success) return result.output;
  throw new SweepResultError(`${complaint}: ${complaintOf(result.issues[0])}`);
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
  'successes',
  'nearTies',
  'exactTies',
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
    estimates.map((estimate) => [
      id,
      ...COLUMNS.map((column) => estimate[column] ?? null),
      ...Object.values(shared),
    ]),
  );
  return csvTable([header, ...rows]);
}
