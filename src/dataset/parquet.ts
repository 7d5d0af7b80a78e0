import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { DataError } from '../data';
import { orderedRows, shardSize } from './check';
import { assertColumns, columnsOf, parseHeader, RowReader } from './columns';
import type { DatasetTable } from './table';

/** Key of the header's JSON in the file's key-value metadata. */
const KEY = 'probust';

/** The table as Apache Parquet. */
export function toDatasetParquet({ header, rows }: DatasetTable): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: columnsOf(header).map(({ name, type, read }) => {
      const cells = rows.map(read);
      const data = type === 'INT64' ? cells.map((cell) => (cell === null ? null : BigInt(cell))) : cells;
      return { name, type, data, nullable: type === 'DOUBLE' };
    }),
    kvMetadata: [{ key: KEY, value: JSON.stringify(header) }],
  });
  return new Uint8Array(buffer);
}

/** What a Parquet file holds, as hyparquet gives it. */
export interface ParquetContent {
  readonly metadata: Readonly<Record<string, string>>;
  /** Null: more than was asked for. */
  readonly rows: readonly Readonly<Record<string, unknown>>[] | null;
  readonly columns: readonly string[];
}

/** Rejects where the bytes are no Parquet file, or a damaged one. @param mostRows of which more are not read */
export type ParquetReader = (bytes: Uint8Array, mostRows: number) => Promise<ParquetContent>;

/** The parts of hyparquet that reading takes. */
export interface ParquetLibrary {
  readonly parquetMetadata: typeof parquetMetadata;
  readonly parquetReadObjects: typeof parquetReadObjects;
}

/**
 * Reads a file that is in memory. It stands alone, so that its text can run in a thread. A file that lies about itself
 * may keep it for ever: a caller who does not trust the file runs it where it can be ended.
 */
export async function readParquet(
  library: ParquetLibrary,
  bytes: Uint8Array,
  mostRows: number,
): Promise<ParquetContent> {
  const file = bytes.slice().buffer;
  const metadata = library.parquetMetadata(file, { geoparquet: false });
  const texts = (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ''] as const);
  const columns = metadata.schema.slice(1).map(({ name }) => name);
  const groupRows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  const isTooMany = !(Number(metadata.num_rows) <= mostRows && groupRows <= mostRows);
  const rows = isTooMany ? null : await library.parquetReadObjects({ file, metadata });
  if (rows !== null && rows.length !== Number(metadata.num_rows)) throw new Error('rows are missing');
  return { metadata: Object.fromEntries(texts), columns, rows };
}

/** More rows than any data set that fits a table. */
const MOST_ROWS = 2 ** 24;

const readHere: ParquetReader = (bytes, mostRows) =>
  readParquet({ parquetMetadata, parquetReadObjects }, bytes, mostRows);

/** The inverse of `toDatasetParquet`. @param source what to call the file. Throws DataError. */
export async function fromDatasetParquet(
  bytes: Uint8Array,
  source: string,
  read = readHere,
): Promise<DatasetTable> {
  let found: ParquetContent;
  try {
    found = await read(bytes, MOST_ROWS);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError('wrong_format', `${source} is no Parquet file, or a damaged one.`, { cause });
  }
  const header = parseHeader(found.metadata[KEY], source);
  assertColumns(columnsOf(header), found.columns, source);
  if (found.rows === null || found.rows.length > shardSize(header)) {
    throw new DataError(
      'mismatch',
      `${source} says that it has more rows than the ${shardSize(header)} of its run.`,
    );
  }
  const reader = new RowReader(header, source);
  const rows = found.rows.map((cells, i) => {
    const plain = Object.entries(cells).map(([name, cell]) => [
      name,
      typeof cell === 'bigint' ? Number(cell) : cell,
    ]);
    return reader.read(Object.fromEntries(plain), `row ${i + 1}`);
  });
  return { header, rows: orderedRows(header, rows, source) };
}
