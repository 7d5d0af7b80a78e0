import * as v from 'valibot';
import { DataError } from '../data';
import { type DatasetHeader, type DatasetRow, headerSchema, rowSchema } from './table';

export type CellType = 'INT32' | 'INT64' | 'DOUBLE' | 'STRING';
export type Cell = number | string | null;

/** A column of the exported table. Lists are written with spaces between. */
export interface Column {
  readonly name: string;
  readonly type: CellType;
  read(row: DatasetRow): Cell;
}

const PER_RADIUS = ['p', 'lo', 'hi', 'evaluations', 'flags', 'counts'] as const;

/** One row an image; what depends on the radius carries it in its name, as p_0.06. */
export function columnsOf({ sigmas }: DatasetHeader): Column[] {
  const estimate = (row: DatasetRow, s: number) => row.estimates[s] as DatasetRow['estimates'][number];
  return [
    { name: 'index', type: 'INT32', read: (row) => row.index },
    { name: 'label', type: 'INT32', read: (row) => row.label },
    { name: 'predicted', type: 'INT32', read: (row) => row.predicted },
    { name: 'confidence', type: 'DOUBLE', read: (row) => row.confidence },
    { name: 'seed', type: 'INT64', read: (row) => row.seed },
    ...sigmas.flatMap((sigma, s): Column[] => [
      { name: `p_${sigma}`, type: 'DOUBLE', read: (row) => estimate(row, s).p },
      { name: `lo_${sigma}`, type: 'DOUBLE', read: (row) => estimate(row, s).lo },
      { name: `hi_${sigma}`, type: 'DOUBLE', read: (row) => estimate(row, s).hi },
      { name: `evaluations_${sigma}`, type: 'INT64', read: (row) => estimate(row, s).evaluations },
      { name: `flags_${sigma}`, type: 'STRING', read: (row) => estimate(row, s).flags.join(' ') },
      { name: `counts_${sigma}`, type: 'STRING', read: (row) => estimate(row, s).counts.join(' ') },
    ]),
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
    const at = Object.fromEntries(PER_RADIUS.map((name) => [name, cells[`${name}_${sigma}`]]));
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
