import { describe, expect, it } from 'vitest';
import {
  type DatasetHeader,
  type DatasetRow,
  type DatasetTable,
  fromDatasetCsv,
  fromDatasetParquet,
  imageSeed,
  mergeShards,
  selectImages,
  shardOf,
  toDatasetCsv,
  toDatasetParquet,
} from '../../../src/dataset';

const header: DatasetHeader = {
  schema: 'probust-dataset/1',
  app: '0.0.0',
  model: { id: 'm', sha256: 'a' },
  data: { name: 'digits, small', sha256: 'b', images: 9 },
  labels: ['zero', 'one, "1"'],
  selection: { kind: 'all' },
  selected: 7,
  sigmas: [0.06, 0.3],
  estimator: 'mc',
  seed: 5,
  stop: { rule: 'fixed', samples: 256 },
  level: 0.95,
  backend: 'cpu',
  shard: { number: 1, of: 1 },
};

const estimate = (p: number, bounded: boolean) => ({
  p,
  lo: bounded ? p / 2 : null,
  hi: bounded ? (1 + p) / 2 : null,
  numericalError: bounded ? null : p / 3,
  samplingError: bounded ? p / 7 : null,
  evaluations: 256,
  gradients: bounded ? 0 : 10,
  flags: bounded ? ['sample_limit', 'few_failures'] : [],
  counts: bounded ? [250, 6] : [],
});

const rows: DatasetRow[] = Array.from({ length: 7 }, (_, index) => ({
  index,
  label: index % 2,
  predicted: 1,
  confidence: 1 / (index + 3),
  seed: imageSeed(5, index),
  estimates: [estimate(1 / (index + 7), true), estimate(Number.EPSILON * index, false)],
}));
const table: DatasetTable = { header, rows };

const shards = (of: number) =>
  Array.from({ length: of }, (_, i) => {
    const shard = { number: i + 1, of };
    return {
      name: `part-${i + 1}.csv`,
      header: { ...header, shard },
      rows: shardOf(
        rows.map(({ index }) => index),
        shard,
      ).map((index) => rows[index] as DatasetRow),
    };
  });

describe('a table', () => {
  it('comes back from CSV to the last bit', () => {
    expect(fromDatasetCsv(toDatasetCsv(table), 'x.csv')).toEqual(table);
  });

  it('comes back from Parquet to the last bit', async () => {
    expect(await fromDatasetParquet(toDatasetParquet(table), 'x.parquet')).toEqual(table);
  });

  it('comes back without rows', async () => {
    const none = { header, rows: [] };
    expect(fromDatasetCsv(toDatasetCsv(none), 'x.csv')).toEqual(none);
    expect(await fromDatasetParquet(toDatasetParquet(none), 'x.parquet')).toEqual(none);
  });

  it('that is cut off or foreign is refused by name', async () => {
    const csv = toDatasetCsv(table);
    expect(() => fromDatasetCsv(csv.slice(0, -4), 'x.csv')).toThrow(/x\.csv is cut off/);
    expect(() => fromDatasetCsv('a,b\r\n1,2\r\n', 'x.csv')).toThrow(/x\.csv is no table/);
    const parquet = toDatasetParquet(table);
    await expect(fromDatasetParquet(parquet.slice(0, -9), 'x.parquet')).rejects.toThrow(/no Parquet file/);
  });
});

describe('shards', () => {
  it.each([1, 2, 3, 7, 9])('of %i merge to the single run in any order', (of) => {
    expect(mergeShards(shards(of).reverse())).toEqual(table);
  });

  it('are refused where one is missing, doubled, cut off or of another run', () => {
    const [a, b, c] = shards(3);
    if (!a || !b || !c) throw new Error('three shards');
    expect(() => mergeShards([a, c])).toThrow('Not there: shard 2/3.');
    expect(() => mergeShards([a, b, c, { ...b, name: 'copy.csv' }])).toThrow(
      'Shard 2/3 is there twice: part-2.csv and copy.csv.',
    );
    expect(() => mergeShards([a, b, { ...c, rows: c.rows.slice(1) }])).toThrow(/6 images of 7/);
    expect(() => mergeShards([a, b, { ...c, rows: [...c.rows.slice(1), a.rows[0] as DatasetRow] }])).toThrow(
      'Image 0 is in two shards',
    );
    expect(() => mergeShards([a, { ...b, header: { ...b.header, seed: 6 } }, c])).toThrow(/its seed differs/);
    expect(() => mergeShards([a, ...shards(2)])).toThrow(/is a shard of 2/);
  });
});

describe('selection', () => {
  const labels = [1, 0, 1, 1, 0, 1, 0, 0, 1];

  it('takes all, or the first', () => {
    expect(selectImages(labels, { kind: 'all' })).toHaveLength(9);
    expect(selectImages(labels, { kind: 'first', count: 3 })).toEqual([0, 1, 2]);
    expect(() => selectImages(labels, { kind: 'first', count: 10 })).toThrow(/9 images, not 10/);
  });

  it('draws as many of each class, by the seed', () => {
    const draw = (seed: number) => selectImages(labels, { kind: 'per_class', count: 2, seed });
    const drawn = draw(1);
    expect(drawn).toEqual(draw(1));
    expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    for (const label of [0, 1]) expect(drawn.filter((i) => labels[i] === label)).toHaveLength(2);
    expect(new Set(Array.from({ length: 20 }, (_, seed) => draw(seed).join())).size).toBeGreaterThan(5);
    expect(() => selectImages(labels, { kind: 'per_class', count: 5, seed: 1 })).toThrow(/Class 0 has 4/);
  });
});

describe('the seed of an image', () => {
  it('is a safe integer, of its own for each image and run', () => {
    const seeds = [0, 1, 2 ** 32 + 1].flatMap((seed) =>
      Array.from({ length: 1000 }, (_, index) => imageSeed(seed, index)),
    );
    expect(new Set(seeds).size).toBe(3000);
    expect(seeds.every(Number.isSafeInteger)).toBe(true);
  });
});
