import { join } from 'node:path';
import { readTable } from '../../src/cli/dataset-file';
import { type DatasetTable, toDatasetCsv, toDatasetParquet } from '../../src/dataset';
import type { Reader, Trial } from '../reader';
import { outputOf } from '../support/cli';
import type { Dice } from '../support/dice';
import { inFolder } from '../support/folder';
import { jsonText } from '../support/json';
import { anyRun, nonsenseIn, shardsOf } from '../support/table';

type Files = Readonly<Record<string, Uint8Array | string>>;

function written(tables: readonly DatasetTable[], dice: Dice): Files {
  const files = tables.map((table, i) =>
    dice.chance(0.7)
      ? ([`part-${i}.csv`, toDatasetCsv(table)] as const)
      : ([`part-${i}.parquet`, toDatasetParquet(table)] as const),
  );
  return Object.fromEntries(dice.shuffled(files));
}

type Change = (tables: DatasetTable[], dice: Dice) => DatasetTable[];

const withTable =
  (change: (table: DatasetTable, dice: Dice) => DatasetTable): Change =>
  (tables, dice) => {
    const at = dice.below(tables.length);
    return tables.with(at, change(tables[at] as DatasetTable, dice));
  };

/** What makes parts that are no run; each of them alone is a table. */
const CHANGES: Readonly<Record<string, Change>> = {
  'a part less': (tables, dice) => tables.toSpliced(dice.below(tables.length), 1),
  'a part twice': (tables, dice) => [...tables, dice.pick(tables)],
  'a row less': withTable(({ header, rows }, dice) => ({
    header,
    rows: rows.toSpliced(dice.below(rows.length), 1),
  })),
  'another seed': withTable(({ header, rows }) => ({ header: { ...header, seed: header.seed + 1 }, rows })),
  'another radius': withTable(({ header, rows }) => ({
    header: { ...header, sigmas: header.sigmas.map((sigma) => 2 * sigma) },
    rows,
  })),
  'another model': withTable(({ header, rows }) => ({
    header: { ...header, model: { ...header.model, sha256: '0'.repeat(64) } },
    rows,
  })),
  'another split': withTable(({ header, rows }) => ({
    header: { ...header, shard: { number: 1, of: header.shard.of + 1 } },
    rows,
  })),
  'rows of another part': (tables, dice) => {
    const [a, b] = dice.shuffled([...tables.keys()]) as [number, number];
    return tables.with(a, {
      header: (tables[a] as DatasetTable).header,
      rows: (tables[b] as DatasetTable).rows,
    });
  },
};

function generate(dice: Dice): Trial<Files, DatasetTable> {
  const run = anyRun(dice);
  const shards = shardsOf(run, dice.between(2, 4));
  const check = (found: DatasetTable): string | null =>
    jsonText(found) === jsonText(run) ? nonsenseIn(found) : 'its rows are not those of the run';
  const trial = (kind: string, files: Files, expected: Trial<Files, DatasetTable>['expected']) => ({
    kind,
    input: files,
    files,
    expected,
    check,
  });
  if (dice.chance(0.45)) return trial('valid', written(shards, dice), 'accepted');
  const kind = dice.pick(Object.keys(CHANGES));
  const isPossible = shards.every(({ rows }) => rows.length > 0);
  if (!isPossible) return trial('valid, with empty parts', written(shards, dice), 'accepted');
  const changed = (CHANGES[kind] as Change)(shards, dice);
  // A sole part of a run is refused as well, and none at all is no command.
  return trial(kind, written(changed, dice), changed.length === 0 ? 'either' : 'refused');
}

/** probust merge over the parts of a run. */
export const merge: Reader<Files, DatasetTable> = {
  id: 'merge',
  share: 4,
  floors: { accepted: 0.3, refused: 0.2, codes: ['exit 3'] },
  generate,
  read: (files) =>
    inFolder(files, async (folder) => {
      const out = join(folder, 'all.csv');
      await outputOf(['merge', ...Object.keys(files).map((name) => join(folder, name)), '--out', out]);
      return readTable(out);
    }),
};
