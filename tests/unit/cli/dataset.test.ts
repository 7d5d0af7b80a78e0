import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../../../src/cli/dataset-file';
import { EXIT } from '../../../src/cli/errors';
import type { DatasetRow } from '../../../src/dataset';
import { toNpy } from '../../../src/image';
import { runCli } from '../../support/cli';
import { mnistFiles } from '../../support/data-files';

const LABELS = [3, 1, 4, 1, 5, 9, 2];
let folder: string;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-dataset-'));
  const { images, labels } = mnistFiles(LABELS, (i, x, y) => ((i + 1) * x * y) % 256);
  await writeFile(path('t10k-images-idx3-ubyte'), images);
  await writeFile(path('t10k-labels-idx1-ubyte'), labels);
});
afterAll(() => rm(folder, { recursive: true }));

const run = (out: string, ...more: string[]) =>
  runCli([
    'dataset',
    ...['--model', 'mnist-linear', '--data', folder, '--sigma', '0.2,0.5', '--threads', '1'],
    ...['--out', path(out), ...more],
  ]);

describe.each(['gaussian_margin', 'mc', 'taylor', 'mmse', 'importance'])(
  'probust dataset with %s',
  (estimator) => {
    const options = ['--estimator', estimator, '--stop', 'fixed:256'];

    it('gives by shards, merged, the rows of the single run', async () => {
      const whole = `${estimator}-whole.parquet`;
      expect(await run(whole, ...options)).toMatchObject({ code: EXIT.ok });
      const parts = [1, 2, 3].map((k) => `${estimator}-part-${k}.${k === 2 ? 'csv' : 'parquet'}`);
      for (const [i, part] of parts.entries()) {
        expect(await run(part, ...options, '--shard', `${i + 1}/3`)).toMatchObject({ code: EXIT.ok });
      }
      const merged = path(`${estimator}-all.csv`);
      expect(await runCli(['merge', ...parts.map(path), '--out', merged])).toMatchObject({ code: EXIT.ok });
      const table = await readTable(path(whole));
      expect(await readTable(merged)).toEqual(table);
      expect(table.rows.map(({ index, label }) => [index, label])).toEqual([...LABELS.entries()]);
      for (const { estimates } of table.rows) {
        for (const { p } of estimates) expect(p > 0 && p <= 1).toBe(true);
      }
    });
  },
);

describe('data in other forms', () => {
  const rowsOf = async (data: string, out: string) => {
    const args = ['dataset', '--model', 'mnist-linear', '--data', data, '--sigma', '0.2', '--threads', '1'];
    expect(await runCli([...args, '--out', path(out)])).toMatchObject({ code: EXIT.ok });
    return (await readTable(path(out))).rows;
  };

  it('give the rows of the official files: a zip of them, arrays, and a folder of PNG files', async () => {
    const reference = await rowsOf(folder, 'official.csv');
    const images = await readFile(path('t10k-images-idx3-ubyte'));
    const labels = await readFile(path('t10k-labels-idx1-ubyte'));
    const zip = path('set.zip');
    await writeFile(zip, zipSync({ a: new Uint8Array(images), b: new Uint8Array(labels) }));
    expect(await rowsOf(zip, 'zip.csv')).toEqual(reference);

    const pixels = Float32Array.from(images.subarray(16), (byte) => byte / 255);
    const npz = path('set.npz');
    const arrays = {
      'x.npy': toNpy(pixels, [LABELS.length, 28, 28]),
      'y.npy': toNpy(Float32Array.from(LABELS), [LABELS.length]),
    };
    await writeFile(npz, zipSync(arrays));
    expect(await rowsOf(npz, 'npz.csv')).toEqual(reference);

    const pictures = path('pictures');
    for (const [i, label] of LABELS.entries()) {
      await mkdir(join(pictures, String(label)), { recursive: true });
      const png = new PNG({ width: 28, height: 28 });
      for (let p = 0; p < 784; p++) {
        const byte = images[16 + 784 * i + p] as number;
        png.data.set([byte, byte, byte, 255], 4 * p);
      }
      await writeFile(join(pictures, String(label), `${i}.png`), PNG.sync.write(png));
    }
    const found = await rowsOf(pictures, 'pictures.csv');
    // By the names of their folders, so that numbers and noise are others.
    expect(found.map(({ label }) => label)).toEqual([...LABELS].sort((a, b) => a - b));
    expect(found.map(({ confidence }) => confidence).sort()).toEqual(
      reference.map(({ confidence }) => confidence).sort(),
    );
  });
});

describe('a model from the disk', () => {
  it('gives the rows that the same model gives as a bundled one', async () => {
    const rowsOf = async (model: string, out: string) => {
      const args = ['dataset', '--model', model, '--data', folder, '--sigma', '0.2', '--threads', '1'];
      expect(await runCli([...args, '--out', path(out)])).toMatchObject({ code: EXIT.ok });
      return readTable(path(out));
    };
    const bundled = await rowsOf('mnist-linear', 'bundled.csv');
    const own = await rowsOf('./public/models/mnist-linear/model.json', 'own.csv');
    expect(own.header.model.id).toMatch(/^sha256:/);
    for (const [i, row] of own.rows.entries()) {
      const known = bundled.rows[i];
      expect([row.index, row.label, row.predicted, row.seed]).toEqual([
        known?.index,
        known?.label,
        known?.predicted,
        known?.seed,
      ]);
      expect(row.estimates[0]?.p).toBeCloseTo(known?.estimates[0]?.p ?? Number.NaN, 4);
    }
  });
});

describe('a run that was stopped', () => {
  it('goes on where it was, and a done one is left', async () => {
    await run('reference.csv');
    const reference = await readFile(path('reference.csv'), 'utf8');
    const { header, rows } = await readTable(path('reference.csv'));
    // What a killed process leaves: two rows, the first marked, and half of a third.
    const kept = { ...rows[0], confidence: 0.125 };
    const lines = [header, kept, rows[1], rows[2]].map((line) => JSON.stringify(line)).join('\n');
    await writeFile(path('again.csv.rows'), lines.slice(0, -20));
    expect(await run('again.csv')).toMatchObject({ code: EXIT.ok });
    const again = await readTable(path('again.csv'));
    expect(again.rows).toEqual([kept, ...rows.slice(1)]);
    expect(await readdir(folder)).not.toContain('again.csv.rows');
    expect((await run('reference.csv')).err).toContain('is done already');
    expect(await readFile(path('reference.csv'), 'utf8')).toBe(reference);
    const other = await run('reference.csv', '--seed', '2');
    expect(other).toMatchObject({ code: EXIT.input });
    expect(other.err).toContain('its seed differs');
  });
});

describe('what belongs to a run is checked when it is read', () => {
  it('rows twice, of another run, with impossible values or other labels, in a journal', async () => {
    const reference = path('checked.csv');
    await run('checked.csv');
    const { header, rows } = await readTable(reference);
    const [first, second] = rows as [DatasetRow, DatasetRow];
    for (const [lines, sentence] of [
      [[header, first, second, first], 'has image 0 twice'],
      [[header, first, { run: 'r0000000000000000', ...second }], 'line 3 is of another run'],
      [[header, { ...first, confidence: 407_794 }], 'confidence is above 1'],
      [[header, { ...first, index: 127 }], 'image 127 is none of the images'],
      [[header, { ...first, seed: first.seed + 1 }], 'has the seed of another run'],
      [[header, { ...first, label: 7 }], 'image 0 has another label than in the data'],
      [[{ ...header, noise: 1 }], 'noise is nothing that this version knows'],
    ] as const) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      await writeFile(path('mixed.csv.rows'), text);
      const { code, err } = await run('mixed.csv');
      expect(code).toBe(EXIT.input);
      expect(err).toContain(sentence);
      // It is left as it was, for whoever wants to look at it.
      expect(await readFile(path('mixed.csv.rows'), 'utf8')).toBe(text);
    }
    expect(await readdir(folder)).not.toContain('mixed.csv.lock');
  });

  it('a table that lacks a row is not done', async () => {
    await run('whole.csv');
    const lines = (await readFile(path('whole.csv'), 'utf8')).split('\r\n');
    await writeFile(path('whole.csv'), [...lines.slice(0, 4), ...lines.slice(5)].join('\r\n'));
    const { code, err } = await run('whole.csv');
    expect(code).toBe(EXIT.input);
    expect(err).toContain('holds 6 rows and is not whole');
  });
});

describe('labels that are off by one', () => {
  const digit = (i: number, x: number, y: number): number => ((i + 1) * x * y) % 256;
  const runOn = async (name: string, labels: readonly number[], images: readonly number[]) => {
    const files = mnistFiles(labels, (i, x, y) => digit(images[i] as number, x, y));
    const zip = path(`${name}.zip`);
    await writeFile(zip, zipSync({ a: new Uint8Array(files.images), b: new Uint8Array(files.labels) }));
    const args = ['dataset', '--model', 'mnist-linear', '--data', zip, '--sigma', '0.2', '--threads', '1'];
    return runCli([...args, '--out', path(`${name}.csv`)]);
  };

  it('are said before and after the run, and right ones are not', async () => {
    const all = Array.from({ length: 16 }, (_, i) => i);
    await runOn('called', new Array<number>(16).fill(0), all);
    const { rows } = await readTable(path('called.csv'));
    const known = rows.filter(({ predicted }) => predicted < 9);
    const images = known.map(({ index }) => index);
    const predicted = known.map((row) => row.predicted);
    expect(images.length).toBeGreaterThanOrEqual(6);
    const right = await runOn('right', predicted, images);
    expect(right).toMatchObject({ code: EXIT.ok, err: '' });
    const high = await runOn(
      'high',
      predicted.map((label) => label + 1),
      images,
    );
    expect(high.code).toBe(EXIT.ok);
    const n = images.length;
    const sentence = `The labels seem to be one too high: of ${n} images the model calls ${n} the class one below`;
    expect(high.err.split('\n').map((line) => line.startsWith(sentence))).toEqual([true, true, false]);
  });
});

describe('what goes wrong is a sentence', () => {
  it.each([
    [['--shard', '4/3'], EXIT.usage, 'a whole number from 1 to 3'],
    [['--images', 'first:99'], EXIT.input, '7 images, not 99'],
    [['--images', 'some'], EXIT.usage, '--images takes'],
    [['--model', 'cifar10-resnet20'], EXIT.input, 'The model takes images of [32, 32, 3]'],
    [['--out', 'x.json'], EXIT.usage, 'ends in neither'],
  ])('%j', async (more, code, sentence) => {
    const outcome = await run('wrong.csv', ...more);
    expect(outcome.code).toBe(code);
    expect(outcome.err).toContain(sentence);
  });

  it('in probust merge', async () => {
    expect((await runCli(['merge', '--out', path('m.csv')])).err).toContain('No shards were given');
    expect((await runCli(['merge', path('no.csv'), '--out', path('m.csv')])).code).toBe(EXIT.input);
  });
});
