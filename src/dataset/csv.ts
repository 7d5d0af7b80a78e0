import { DataError } from '../data';
import { csvTable, harmlessJson, originalText } from '../results/csv';
import { orderedRows } from './check';
import { assertColumns, columnsOf, parseHeader, RowReader } from './columns';
import type { DatasetRow, DatasetTable } from './table';

const COMMENT = '# ';
const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A comment with the header as JSON, then the rows; pandas.read_csv(path, comment='#') reads it. */
export function toDatasetCsv({ header, rows }: DatasetTable): string {
  const columns = columnsOf(header);
  const table = [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ read }) => read(row)))];
  return `${COMMENT}${harmlessJson(JSON.stringify(header))}\r\n${csvTable(table)}`;
}

const numberOf = (field: string): number | null =>
  field === '' ? null : NUMBER.test(field) ? Number(field) : Number.NaN;

/** The inverse of `toDatasetCsv`. @param source what to call the file. Throws DataError. */
export function fromDatasetCsv(text: string, source: string): DatasetTable {
  const [comment = '', first = '', ...lines] = text.split(/\r?\n/);
  const header = parseHeader(comment.startsWith(COMMENT) ? comment.slice(COMMENT.length) : undefined, source);
  const columns = columnsOf(header);
  const names = first.split(',');
  assertColumns(columns, names, source);
  if (lines.pop() !== '') throw new DataError('truncated', `${source} is cut off within its last line.`);
  const isText = new Set(columns.filter(({ type }) => type === 'STRING').map(({ name }) => name));
  const reader = new RowReader(header, source);
  // No cell needs quotes: they are numbers, flags, counts and the run.
  const rows = lines.map((line, i): DatasetRow => {
    const where = `line ${i + 3}`;
    const fields = line.split(',');
    if (fields.length !== names.length) {
      throw new DataError(
        'wrong_format',
        `${source}, ${where} has ${fields.length} cells where there are ${names.length} columns.`,
      );
    }
    const cells = names.map((name, at) => {
      const field = fields[at] as string;
      return [name, isText.has(name) ? originalText(field) : numberOf(field)];
    });
    return reader.read(Object.fromEntries(cells), where);
  });
  return { header, rows: orderedRows(header, rows, source) };
}
