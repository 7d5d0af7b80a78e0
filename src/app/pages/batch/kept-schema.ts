import * as v from 'valibot';
import { type LabelledImages, packedSetSchema } from '../../../data';
import { checkHeader, checkRow, type DatasetHeader, type DatasetRow, runId } from '../../../dataset';

/** What lies in the store may be of another version, or damaged: nothing is taken from it unread. */

const text = v.pipe(v.string(), v.maxLength(10_000));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const formSchema = v.object({
  model: text,
  beside: text,
  estimator: text,
  which: v.picklist(['all', 'first', 'per_class']),
  count: whole,
  sigmas: text,
  seed: whole,
});

const dataSchema = v.object({
  name: text,
  sha256: text,
  isPrepared: v.boolean(),
  notes: v.optional(v.array(text), []),
  origin: v.variant('kind', [
    v.object({ kind: v.literal('packed'), set: packedSetSchema }),
    v.object({ kind: v.literal('files') }),
  ]),
});

const headSchema = v.object({
  form: formSchema,
  data: dataSchema,
  isRunning: v.boolean(),
  runs: v.pipe(v.array(v.object({ header: v.unknown(), name: text })), v.minLength(1), v.maxLength(2)),
});

/** A run without its rows, as it lies in the store. */
export interface Head extends Omit<v.InferOutput<typeof headSchema>, 'runs'> {
  readonly runs: readonly { readonly header: DatasetHeader; readonly name: string }[];
}

/** Null where it is damaged, or of another version. */
export function readHead(value: unknown): Head | null {
  try {
    const { runs, ...head } = v.parse(headSchema, value);
    return { ...head, runs: runs.map(({ header, name }) => ({ header: checkHeader(header, name), name })) };
  } catch {
    return null;
  }
}

/** Some rows of a run in the store, with the run that they are of. */
export interface KeptRows {
  readonly run: string;
  readonly rows: readonly DatasetRow[];
}

const rowsSchema = v.object({ run: v.string(), rows: v.array(v.unknown()) });

/** The rows of one record that are of the run, each once; `lost` counts the others. */
export function readKeptRows(
  value: unknown,
  header: DatasetHeader,
  known: Set<number>,
): { readonly rows: DatasetRow[]; readonly lost: number } {
  // Records of earlier versions do not say of which run they are, and two tabs could mix them.
  if (Array.isArray(value)) return { rows: [], lost: value.length };
  const record = v.safeParse(rowsSchema, value);
  if (!record.success) return { rows: [], lost: 1 };
  if (record.output.run !== runId(header)) return { rows: [], lost: record.output.rows.length };
  const rows = record.output.rows.flatMap((each): DatasetRow[] => {
    try {
      const row = checkRow(header, each, '');
      if (known.has(row.index)) return [];
      known.add(row.index);
      return [row];
    } catch {
      return [];
    }
  });
  return { rows, lost: record.output.rows.length - rows.length };
}

/** Images as they were kept; null where they are not whole. */
export function readKeptImages(value: unknown): LabelledImages | null {
  if (typeof value !== 'object' || value === null) return null;
  const { shape, count, pixels, labels } = value as Partial<Record<keyof LabelledImages, unknown>>;
  const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) > 0;
  if (!Array.isArray(shape) || shape.length !== 3 || !shape.every(isSize) || !isSize(count)) return null;
  const [height, width, channels] = shape as [number, number, number];
  if (!(pixels instanceof Uint8Array) || pixels.length !== count * height * width * channels) return null;
  if (!(labels instanceof Uint16Array || labels instanceof Uint8Array) || labels.length !== count)
    return null;
  return { shape: [height, width, channels], count, pixels, labels: Uint16Array.from(labels) };
}
