import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { DataError } from '../data';
import { columnsOf, parseHeader, rowFromCells } from './columns';
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

/** The inverse of `toDatasetParquet`. @param source what to call the file. Throws DataError. */
export async function fromDatasetParquet(bytes: Uint8Array, source: string): Promise<DatasetTable> {
  const file = bytes.slice().buffer;
  let found: { header: string | undefined; cells: Record<string, unknown>[] };
  try {
    const metadata = parquetMetadata(file);
    const header = metadata.key_value_metadata?.find(({ key }) => key === KEY)?.value;
    found = { header, cells: await parquetReadObjects({ file, metadata }) };
  } catch (cause) {
    throw new DataError('wrong_format', `${source} is no Parquet file, or a damaged one.`, { cause });
  }
  const header = parseHeader(found.header, source);
  const rows = found.cells.map((cells) => {
    const plain = Object.entries(cells).map(([name, cell]) => [
      name,
      typeof cell === 'bigint' ? Number(cell) : cell,
    ]);
    return rowFromCells(header, Object.fromEntries(plain), source);
  });
  return { header, rows };
}
