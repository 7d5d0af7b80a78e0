import { constants } from 'node:buffer';
import type { DatasetTable } from '../dataset';
import { usageError } from './errors';
import { writeWhole } from './output';
import { readBounded } from './read-file';

/** Throws a CliError unless the file's ending says Parquet or CSV. */
export function assertTablePath(path: string): void {
  if (!/\.(parquet|csv)$/.test(path)) {
    throw usageError(`A table is written as .parquet or .csv; ${path} ends in neither.`);
  }
}

/** Reads a table that `probust dataset` wrote. Throws a CliError or DataError. */
export async function readTable(path: string): Promise<DatasetTable> {
  assertTablePath(path);
  const bytes = await readBounded(path, constants.MAX_STRING_LENGTH);
  const { fromDatasetCsv, fromDatasetParquet } = await import('../dataset');
  if (path.endsWith('.csv')) return fromDatasetCsv(bytes.toString('utf8'), path);
  const { boundedParquetReader } = await import('../node/parquet-thread');
  return fromDatasetParquet(new Uint8Array(bytes), path, boundedParquetReader(path));
}

/** Writes a table by the file's ending, whole or not at all. Throws a CliError. */
export async function writeTable(table: DatasetTable, path: string): Promise<void> {
  const { toDatasetCsv, toDatasetParquet } = await import('../dataset');
  await writeWhole(path.endsWith('.csv') ? toDatasetCsv(table) : toDatasetParquet(table), path);
}
