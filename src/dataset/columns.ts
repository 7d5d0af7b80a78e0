import { DataError } from '../data';
import { checkHeader, checkRow, shown } from './check';
import { runId } from './identity';
import type { DatasetHeader, DatasetRow, RowEstimate } from './table';

type CellType = 'INT32' | 'INT64' | 'DOUBLE' | 'STRING';
type Cell = number | string | null;

/** A column of the exported table. Lists are written with spaces between. */
export interface Column {
  readonly name: string;
  readonly type: CellType;
  /** Tables of earlier versions may lack it. */
  readonly isOptional?: boolean;
  read(row: DatasetRow): Cell;
}

const PER_RADIUS: readonly { readonly name: keyof RowEstimate; readonly type: CellType }[] = [
  { name: 'p', type: 'DOUBLE' },
  { name: 'lo', type: 'DOUBLE' },
  { name: 'hi', type: 'DOUBLE' },
  { name: 'numericalError', type: 'DOUBLE' },
  { name: 'samplingError', type: 'DOUBLE' },
  { name: 'evaluations', type: 'INT64' },
  { name: 'gradients', type: 'INT64' },
  { name: 'flags', type: 'STRING' },
  { name: 'counts', type: 'STRING' },
];

const cellOf = (value: RowEstimate[keyof RowEstimate]): Cell =>
  typeof value === 'object' && value !== null ? value.join(' ') : value;

/** One row an image; what depends on the radius carries it in its name, as p_0.06, and `run` says of which run it is. */
export function columnsOf(header: DatasetHeader): Column[] {
  const run = runId(header);
  return [
    { name: 'index', type: 'INT32', read: (row) => row.index },
    { name: 'label', type: 'INT32', read: (row) => row.label },
    { name: 'predicted', type: 'INT32', read: (row) => row.predicted },
    { name: 'confidence', type: 'DOUBLE', read: (row) => row.confidence },
    { name: 'seed', type: 'INT64', read: (row) => row.seed },
    ...header.sigmas.flatMap((sigma, s) =>
      PER_RADIUS.map(
        ({ name, type }): Column => ({
          name: `${name}_${sigma}`,
          type,
          read: ({ estimates }) => cellOf((estimates[s] as RowEstimate)[name]),
        }),
      ),
    ),
    { name: 'run', type: 'STRING', isOptional: true, read: () => run },
  ];
}

/** Throws DataError unless the names are those of the header's columns, in any order, each once. */
export function assertColumns(columns: readonly Column[], names: readonly string[], source: string): void {
  const found = new Set(names);
  const known = new Set(columns.map(({ name }) => name));
  const missing = columns.find(({ name, isOptional }) => isOptional !== true && !found.has(name));
  const foreign = names.find((name) => !known.has(name));
  if (missing !== undefined || foreign !== undefined || found.size !== names.length) {
    const which = missing
      ? `${missing.name} is missing`
      : foreign
        ? `“${shown(foreign)}” is none of them`
        : 'one is doubled';
    throw new DataError(
      'truncated',
      `${source} is cut off or has other columns than its header says: ${which}.`,
    );
  }
}

const words = (cell: unknown): string[] => (typeof cell === 'string' && cell !== '' ? cell.split(' ') : []);

const numberOf = (word: string): number => (/^\d{1,16}$/.test(word) ? Number(word) : Number.NaN);

/** Reads the rows of one table from their cells by column name. */
export class RowReader {
  readonly #run: string;

  /** @param source what to call the file */
  constructor(
    readonly header: DatasetHeader,
    readonly source: string,
  ) {
    this.#run = runId(header);
  }

  /** @param where what to call the row, as in `line 3`. Throws DataError `wrong_format` or `mismatch`. */
  read(cells: Readonly<Record<string, unknown>>, where: string): DatasetRow {
    const { index, label, predicted, confidence, seed, run } = cells;
    if (run !== undefined && run !== this.#run) {
      throw new DataError(
        'mismatch',
        `${this.source}, ${where} is of another run than the table’s header; it was changed or mixed.`,
      );
    }
    const estimates = this.header.sigmas.map((sigma) => {
      const at = Object.fromEntries(PER_RADIUS.map(({ name }) => [name, cells[`${name}_${sigma}`]]));
      return { ...at, flags: words(at.flags), counts: words(at.counts).map(numberOf) };
    });
    const row = { index, label, predicted, confidence, seed, estimates };
    return checkRow(this.header, row, `${this.source}, ${where}`);
  }
}

/** Reads a header's JSON. Throws DataError `wrong_format`. */
export function parseHeader(text: string | undefined, source: string): DatasetHeader {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch (cause) {
    throw new DataError('wrong_format', `${source} is no table that probust dataset wrote.`, { cause });
  }
  return checkHeader(value, source);
}
