import * as v from 'valibot';
import { DataError } from '../data';
import { type DatasetHeader, type DatasetRow, headerSchema, type RowEstimate, rowSchema } from './table';

export type CellType = 'INT32' | 'INT64' | 'DOUBLE' | 'STRING';
export type Cell = number | string | null;

/** A column of the exported table. Lists are written with spaces between. */
export interface Column {
  readonly name: string;
  readonly type: CellType;
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

/** One row an image; what depends on the radius carries it in its name, as p_0.06. */
export function columnsOf({ sigmas }: DatasetHeader): Column[] {
  return [
    { name: 'index', type: 'INT32', read: (row) => row.index },
    { name: 'label', type: 'INT32', read: (row) => row.label },
    { name: 'predicted', type: 'INT32', read: (row) => row.predicted },
    { name: 'confidence', type: 'DOUBLE', read: (row) => row.confidence },
    { name: 'seed', type: 'INT64', read: (row) => row.seed },
    ...sigmas.flatMap((sigma, s) =>
      PER_RADIUS.map(
        ({ name, type }): Column => ({
          name: `${name}_${sigma}`,
          type,
          read: ({ estimates }) => cellOf((estimates[s] as RowEstimate)[name]),
        }),
      ),
    ),
  ];
}

const words = (cell: unknown): string[] => (typeof cell === 'string' && cell !== '' ? cell.split(' ') : []);

/** The row of these cells by column name. @param source what to call the file. Throws DataError `wrong_format`. */
export function rowFromCells(
  { sigmas }: DatasetHeader,
  cells: Readonly<Record<string, unknown>>,
  source: string,
): DatasetRow {
  const { index, label, predicted, confidence, seed } = cells;
  const estimates = sigmas.map((sigma) => {
    const at = Object.fromEntries(PER_RADIUS.map(({ name }) => [name, cells[`${name}_${sigma}`]]));
    return { ...at, flags: words(at.flags), counts: words(at.counts).map(Number) };
  });
  const row = v.safeParse(rowSchema, { index, label, predicted, confidence, seed, estimates });
  if (!row.success) {
    throw new DataError('wrong_format', `${source} has a row that is no result: ${row.issues[0].message}.`);
  }
  return row.output;
}

/** Reads a header's JSON. Throws DataError `wrong_format`. */
export function parseHeader(text: string | undefined, source: string): DatasetHeader {
  try {
    return v.parse(headerSchema, JSON.parse(text ?? ''));
  } catch (cause) {
    throw new DataError('wrong_format', `${source} is no table that probust dataset wrote.`, { cause });
  }
}
