import { DataError } from '../data';
import { csvTable } from '../results/csv';
import { columnsOf, parseHeader, rowFromCells } from './columns';
import type { DatasetTable } from './table';

const COMMENT = '# ';

/** A comment with the header as JSON, then the rows; pandas.read_csv(path, comment='#') reads it. */
export function toDatasetCsv({ header, rows }: DatasetTable): string {
  const columns = columnsOf(header);
  const table = [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ read }) => read(row)))];
  return `${COMMENT}${JSON.stringify(header)}\r\n${csvTable(table)}`;
}

/** The inverse of `toDatasetCsv`. @param source what to call the file. Throws DataError. */
export function fromDatasetCsv(text: string, source: string): DatasetTable {
  const [comment = '', names, ...lines] = text.split(/\r?\n/);
  const header = parseHeader(comment.startsWith(COMMENT) ? comment.slice(COMMENT.length) : undefined, source);
  const columns = columnsOf(header);
  if (names !== columns.map(({ name }) => name).join(',') || lines.pop() !== '') {
    throw new DataError('truncated', `${source} is cut off or has other columns than its header says.`);
  }
  // No cell needs quotes: they are numbers, flags and counts.
  const rows = lines.map((line) => {
    const fields = line.split(',');
    const cells = columns.map(({ name, type }, i) => {
      const field = fields[i] ?? '';
      return [name, type === 'STRING' ? field : field === '' ? null : Number(field)];
    });
    return rowFromCells(header, Object.fromEntries(cells), source);
  });
  return { header, rows };
}
