import { describe, expect, it } from 'vitest';
import {
  type DatasetHeader,
  type DatasetRow,
  type DatasetTable,
  fromDatasetCsv,
  fromDatasetParquet,
  imageSeed,
  mergeShards,
  runId,
  selectImages,
  shardOf,
  toDatasetCsv,
  toDatasetParquet,
} from '../../../src/dataset';

const header: DatasetHeader = {
  schema: 'probust-dataset/1',
  app: '0.0.0',
  model: { id: 'm', sha256: 'a' },
  data: { name: 'digits, small', sha256: 'b', images: 7 },
  labels: ['=zero', 'one, "1"'],
  selection: { kind: 'all' },
  selected: 7,
  sigmas: [0.06, 0.3],
  estimator: 'mc',
  seed: 5,
  stop: { rule: 'precision', halfWidth: 0.02, maxSamples: 20_000 },
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
  confidence: 1 - 1 / (index + 3),
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

  it('of an earlier version, without the run in its rows, comes back', () => {
    const csv = toDatasetCsv(table)
      .replace(/,run\r\n/, '\r\n')
      .replace(/,r[0-9a-f]{16}\r\n/g, '\r\n');
    expect(csv).not.toContain(runId(header));
    expect(fromDatasetCsv(csv, 'x.csv')).toEqual(table);
  });

  it('comes back from a program that ordered rows and columns otherwise', () => {
    const [comment, ...lines] = toDatasetCsv(table).trimEnd().split('\r\n');
    const turned = lines.map((line) => line.split(',').reverse().join(','));
    const [names, ...cells] = turned;
    expect(fromDatasetCsv([comment, names, ...cells.reverse(), ''].join('\n'), 'x.csv')).toEqual(table);
  });

  it('is opened by a spreadsheet without a formula in it', () => {
    const csv = toDatasetCsv({ rows: [], header: { ...header, labels: ['=1+1', '@a', 'x,=cmd', '+"-"'] } });
    const cells = csv.split(/[,;"\r\n]+/);
    expect(cells.filter((cell) => /^\s*[=+@-]/.test(cell))).toEqual([]);
    expect(fromDatasetCsv(csv, 'x.csv').header.labels).toEqual(['=1+1', '@a', 'x,=cmd', '+"-"']);
  });

  it('that is cut off or foreign is refused by name', async () => {
    const csv = toDatasetCsv(table);
    expect(() => fromDatasetCsv(csv.slice(0, -4), 'x.csv')).toThrow(/x\.csv is cut off/);
    expect(() => fromDatasetCsv('a,b\r\n1,2\r\n', 'x.csv')).toThrow(/x\.csv is no table/);
    const parquet = toDatasetParquet(table);
    await expect(fromDatasetParquet(parquet.slice(0, -9), 'x.parquet')).rejects.toThrow(/no Parquet file/);
  });
});

describe('what cannot be is refused by name', () => {
  const fixed: DatasetHeader = { ...header, stop: { rule: 'fixed', samples: 256 }, sigmas: [0.3] };
  const counted = { ...estimate(6 / 256, true), counts: [250, 6], hi: 0.5 };
  const right: DatasetRow = { ...(rows[3] as DatasetRow), estimates: [counted] };
  const changed = (change: object) => ({ ...right, estimates: [{ ...counted, ...change }] });
  const WRONG: readonly (readonly [string, DatasetRow, RegExp])[] = [
    ['p above 1', changed({ p: 1.5 }), /p_0\.3 is above 1/],
    ['a negative p', changed({ p: -0.1 }), /p_0\.3 is below 0/],
    ['p outside its limits', changed({ lo: 0.2 }), /image 3 has a p outside its limits at radius 0\.3/],
    ['crossed limits', changed({ lo: 0.4, hi: 0.3 }), /wrong order/],
    ['one limit', changed({ hi: null }), /one limit of two/],
    ['a limit above 1', changed({ hi: 1.1 }), /hi_0\.3 is above 1/],
    ['a negative count', changed({ counts: [262, -6] }), /counts_0\.3\S* is/],
    ['a broken count', changed({ counts: [249.5, 6.5] }), /counts_0\.3\S* is/],
    ['counts of other sum', changed({ counts: [251, 6] }), /counts 257 copies of 256/],
    ['counts of more classes', changed({ counts: [240, 6, 10] }), /counts 3 classes of 2/],
    ['copies that the rule does not give', changed({ evaluations: 512, counts: [506, 6] }), /512 copies/],
    ['p that is no share of its counts', changed({ p: 0.02 }), /not the share of its counts/],
    ['p above the share of its counts', changed({ p: 7 / 256 }), /not the share of its counts/],
    ['a broken number of passes', changed({ gradients: 1.5 }), /gradients_0\.3 is not a whole number/],
    ['a negative error', changed({ samplingError: -1e-3 }), /samplingError_0\.3 is negative/],
    ['an error of any size', changed({ samplingError: 1e300 }), /samplingError_0\.3 is above 1000000/],
    ['an index beyond the images', { ...right, index: 127 }, /image 127 is none of the images/],
    ['a label beyond the classes', { ...right, label: 2 }, /has the label 2, and there are 2 classes/],
    ['a prediction beyond the classes', { ...right, predicted: 9 }, /is called 9/],
    ['a confidence that is no share', { ...right, confidence: 407_794 }, /confidence is above 1/],
    ['a confidence below chance', { ...right, confidence: 0.3 }, /confidence below that of another/],
    ['the seed of another run', { ...right, seed: right.seed + 1 }, /seed of another run/],
  ];

  it.each(WRONG)('%s, in CSV, in Parquet and in a merge', async (_what, row, message) => {
    const others = rows
      .filter(({ index }) => index !== 3)
      .map((each) => ({ ...right, ...each, estimates: [counted] }));
    const whole = { header: fixed, rows: [...others.slice(0, 3), row, ...others.slice(3)] };
    expect(() => fromDatasetCsv(toDatasetCsv(whole), 'x.csv')).toThrow(message);
    const isWritable = Number.isInteger(row.estimates[0]?.gradients);
    if (isWritable) {
      await expect(fromDatasetParquet(toDatasetParquet(whole), 'x.parquet')).rejects.toThrow(message);
    }
    expect(() => mergeShards([{ ...whole, name: 'x.csv' }])).toThrow(message);
    const good = { ...whole, rows: whole.rows.map((each) => (each === row ? right : each)) };
    expect(fromDatasetCsv(toDatasetCsv(good), 'x.csv')).toEqual(good);
    expect(await fromDatasetParquet(toDatasetParquet(good), 'x.parquet')).toEqual(good);
  });

  it('doubled rows, and rows pasted from a run at other radii', () => {
    const csv = toDatasetCsv(table);
    const lines = csv.trimEnd().split('\r\n');
    const pasted = (from: string, at: number) =>
      `${[...lines.slice(0, at), from, ...lines.slice(at + 1)].join('\r\n')}\r\n`;
    expect(() => fromDatasetCsv(pasted(lines[2] as string, 4), 'x.csv')).toThrow('x.csv has image 0 twice');
    const foreign = toDatasetCsv({ ...table, header: { ...header, sigmas: [0.06, 0.7] } }).split('\r\n');
    expect(() => fromDatasetCsv(pasted(foreign[4] as string, 4), 'x.csv')).toThrow(
      /line 5 is of another run/,
    );
  });

  it.each([
    ['a set of no images', { data: { ...header.data, images: 0 } }, /data\.images is below 1/],
    ['more selected than there are', { selected: 8 }, /selected does not fit/],
    ['a shard beyond the last', { shard: { number: 3, of: 2 } }, /shard has a number beyond/],
    ['a radius of nothing', { sigmas: [0] }, /sigmas\.0 is not above 0/],
    ['a radius twice', { sigmas: [0.3, 0.3] }, /sigmas has a radius twice/],
    ['no classes', { labels: [] }, /labels is empty/],
    ['a broken seed', { seed: 1.5 }, /seed is not a whole number/],
    ['a setting of another version', { noise: 'uniform' }, /noise is nothing that this version knows/],
  ])('%s in a header', (_what, change, message) => {
    const csv = toDatasetCsv({ header, rows: [] });
    const text = csv.replace(/^# .*/, `# ${JSON.stringify({ ...header, ...change })}`);
    expect(() => fromDatasetCsv(text, 'x.csv')).toThrow(message);
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
