import { DataError } from '../data';
import { checkRow } from './check';
import { canonicalJson } from './identity';
import type { DatasetHeader, DatasetRow, DatasetTable } from './table';

export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** Every `of`-th of the selected images, beginning with the `number`-th: shards are disjoint, and of equal size to one. */
export function shardOf(selected: readonly number[], { number, of }: Shard): number[] {
  return selected.filter((_, position) => position % of === number - 1);
}

const partsOf = (header: DatasetHeader): Record<string, string> =>
  Object.fromEntries(
    Object.entries(header)
      .filter(([key]) => key !== 'shard')
      .map(([key, value]) => [key, canonicalJson(value)]),
  );

/** Which setting two runs differ in, the shard aside; undefined if they are of one run. */
export function differingSetting(a: DatasetHeader, b: DatasetHeader): string | undefined {
  const [first, second] = [partsOf(a), partsOf(b)];
  return Object.keys({ ...first, ...second }).find((key) => first[key] !== second[key]);
}

export interface NamedTable extends DatasetTable {
  /** The file. */
  readonly name: string;
}

/**
 * All shards of a run as one table: what a run without shards gives, row for row.
 * @throws DataError `mismatch` if settings differ, a shard is there twice or an image is in two, `wrong_format` if
 * a row cannot be of its shard, `missing` if a shard or rows are not there.
 */
export function mergeShards(tables: readonly NamedTable[]): DatasetTable {
  const [first] = tables;
  if (first === undefined) throw new DataError('missing', 'There are no shards to merge.');
  const { of } = first.header.shard;
  const holders = new Map<number, string>();
  for (const { name, header } of tables) {
    const setting = differingSetting(first.header, header);
    if (setting !== undefined) {
      throw new DataError(
        'mismatch',
        `${name} is of another run than ${first.name}: its ${setting} differs.`,
      );
    }
    const { number } = header.shard;
    if (header.shard.of !== of) {
      throw new DataError(
        'mismatch',
        `${name} is a shard of ${header.shard.of} and ${first.name} of ${of}; merge those of one split.`,
      );
    }
    const other = holders.get(number);
    if (other !== undefined) {
      throw new DataError('mismatch', `Shard ${number}/${of} is there twice: ${other} and ${name}.`);
    }
    holders.set(number, name);
  }
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((number) => !holders.has(number));
  if (missing.length > 0) {
    const shards = missing.map((number) => `${number}/${of}`).join(', ');
    throw new DataError('missing', `Not there: shard ${shards}. Run it, then merge again.`);
  }
  const rows = tables.flatMap((table) => table.rows).sort((a, b) => a.index - b.index);
  const doubled = rows.find(({ index }, i) => i > 0 && rows[i - 1]?.index === index);
  if (doubled !== undefined) {
    throw new DataError('mismatch', `Image ${doubled.index} is in two shards; one of them was changed.`);
  }
  for (const { name, header, rows: own } of tables) {
    for (const row of own) checkRow(header, row, name);
  }
  const { selected } = first.header;
  if (rows.length !== selected) {
    throw new DataError('missing', `The shards hold ${rows.length} images of ${selected}; one was cut off.`);
  }
  assertDraw(first.header, rows);
  return { header: { ...first.header, shard: { number: 1, of: 1 } }, rows };
}

/** Throws DataError `mismatch` unless images drawn within classes are as many of each. */
function assertDraw({ selection }: DatasetHeader, rows: readonly DatasetRow[]): void {
  if (selection.kind !== 'per_class') return;
  const counts = new Map<number, number>();
  for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1);
  for (const [label, count] of counts) {
    if (count !== selection.count) {
      throw new DataError(
        'mismatch',
        `The shards hold ${count} images of class ${label}, not ${selection.count}; one of them was changed.`,
      );
    }
  }
}
