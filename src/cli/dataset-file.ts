import { readFile } from 'node:fs/promises';
import type { DatasetTable } from '../dataset';
import { usageError } from './errors';
import { cannotRead, writeWhole } from './output';

/** Throws a CliError unless the file's ending says Parquet or CSV. */
export function assertTablePath(path: string): void {
  if (!/\.(parquet|csv)$/.test(path)) {
    throw usageError(`A table is written as .parquet or .csv; ${path} ends in neither.`);
  }
}

/** Reads a table that `probust dataset` wrote. Throws a CliError or DataError. */
export async function readTable(path: string): Promise<DatasetTable> {
  assertTablePath(path);
  const bytes = await readFile(path).catch((error) => {
    throw cannotRead(path, error);
  });
  const { fromDatasetCsv, fromDatasetParquet } = await import('../dataset');
  return path.endsWith('.csv')
    ? fromDatasetCsv(bytes.toString('utf8'), path)
    : fromDatasetParquet(new Uint8Array(bytes), path);
}

/** Writes a table by the file's ending, whole or not at all. Throws a CliError. */
export async function writeTable(table: DatasetTable, path: string): Promise<void> {
  const { toDatasetCsv, toDatasetParquet } = await import('../dataset');
  await writeWhole(path.endsWith('.csv') ? toDatasetCsv(table) : toDatasetParquet(table), path);
}
