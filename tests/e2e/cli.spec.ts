import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPicture } from '../../src/cli/picture';
import { parseSweepResult, type SweepResult } from '../../src/results/sweep-result';
import type { ModelCard } from '../../src/workers/models/card';
import { PNG_KINDS } from '../support/png-kinds';
import { expect, test } from './fixtures';
import type { ProbustPage } from './pages/probust-page';
import { runBuilt } from './support/cli';
import { drawDigit, type PictureFile, STROKES } from './support/pictures';

/** Noisy copies that near-ties of the logits may move; on one machine, with one V8 in both, none did. */
const NEAR_TIES = 1;
const SAMPLES = 512;
const RADII = '0.2:0.9:3';

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-cli-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

async function cliSweep(file: PictureFile, ...args: string[]): Promise<SweepResult> {
  const path = join(folder, file.name);
  await writeFile(path, file.bytes);
  const { code, out, err } = await runBuilt(['sweep', '--image', path, ...args]);
  expect([code, err]).toEqual([0, '']);
  return parseSweepResult(out);
}

async function pageSweep(probust: ProbustPage, file: PictureFile): Promise<SweepResult> {
  await probust.expectNewPicture(() => probust.drop(file));
  await probust.waitForSweep();
  return probust.readSweep();
}

for (const model of ['mnist-cnn', 'mnist-mlp']) {
  test(`on ${model} the page and the command line say the same of a PNG`, async ({ probust }) => {
    const ids = [
      'taylor',
      'taylor_mvs',
      'softmax',
      'gaussian_margin',
      'mmse',
      'mmse_mvs',
      'mmse_pairs',
      'mc',
    ];
    await probust.openSwept({
      model,
      sigmaMin: 0.2,
      sigmaMax: 0.9,
      radii: 3,
      stop: 'fixed',
      samples: SAMPLES,
      seed: 11,
      estimators: ids.join('.'),
    });
    const file = drawDigit(STROKES.seven, 'seven.png');
    const page = await pageSweep(probust, file);
    const options = ['--model', model, '--sigmas', RADII, '--stop', `fixed:${SAMPLES}`, '--seed', '11'];
    const cli = await cliSweep(file, ...options, '--estimators', ids.join(','));

    expect({ ...cli, estimates: null }).toEqual({ ...page, estimates: null });
    expect(Object.keys(cli.estimates)).toEqual(Object.keys(page.estimates));
    for (const [id, rows] of Object.entries(page.estimates)) {
      expect(rows).toHaveLength(3);
      for (const [i, row] of rows.entries()) {
        const other = cli.estimates[id]?.[i];
        const tolerance = id === 'mc' ? NEAR_TIES / SAMPLES : 1e-6;
        expect(Math.abs((other?.p ?? Number.NaN) - row.p), `${id} at ${row.sigma}`).toBeLessThanOrEqual(
          tolerance,
        );
        expect(other).toMatchObject({
          evaluations: row.evaluations,
          gradients: row.gradients,
          interval: row.interval,
          flags: row.flags,
        });
      }
    }
    const mc = page.estimates.mc ?? [];
    expect(mc.some(({ p }) => p > 0.05 && p < 0.95)).toBe(true);
  });
}

/** Kinds of which the whole command is run; of the others, its reader of pictures. */
const BY_COMMAND = ['colour, 8 bits', 'colour with opacity, 16 bits'];

test('every kind of PNG is the same input on the page and on the command line', async ({ probust }) => {
  test.setTimeout(300_000);
  expect(Object.keys(PNG_KINDS)).toEqual(expect.arrayContaining(BY_COMMAND));
  await probust.openSwept({
    model: 'mnist-linear',
    sigmaMin: 0.2,
    sigmaMax: 0.9,
    radii: 2,
    estimators: 'softmax',
  });
  const input: ModelCard['input'] = { shape: [28, 28, 1], range: [0, 1], preparation: 'mnist' };
  for (const [kind, bytes] of Object.entries(PNG_KINDS)) {
    const file = { name: 'kind.png', type: 'image/png', bytes };
    await test.step(kind, async () => {
      const page = await pageSweep(probust, file);
      if (!BY_COMMAND.includes(kind)) {
        const path = join(folder, file.name);
        await writeFile(path, bytes);
        expect((await readPicture(path, input)).sha256, kind).toBe(page.image.sha256);
        return;
      }
      const options = ['--model', 'mnist-linear', '--sigmas', '0.2:0.9:2', '--estimators', 'softmax'];
      const cli = await cliSweep(file, ...options, '--threads', '1');
      expect(cli.image, kind).toEqual(page.image);
      expect(cli.estimates.softmax?.[0]?.p).toBeCloseTo(page.estimates.softmax?.[0]?.p ?? Number.NaN, 6);
    });
  }
});

test('the .npy that the page exports is the same input again', async ({ probust }) => {
  await probust.openSwept({ sample: 'five-or-six', estimators: 'softmax', radii: 2 });
  const { image } = await probust.readSweep();
  const file = { name: 'input.npy', type: '', bytes: await probust.readExport('npy') };
  const cli = await cliSweep(file, '--estimators', 'softmax', '--sigmas', '0.1', '--threads', '1');
  expect(cli.image).toEqual(image);
});

test('Ctrl-C ends the command line with 130, without a result', async () => {
  const path = join(folder, 'never.json');
  const image = join(folder, 'seven.png');
  await writeFile(image, drawDigit(STROKES.seven, 'seven.png').bytes);
  const args = ['sweep', '--image', image, '--stop', 'fixed:100000000', '--out', path, '--progress'];
  const { code, out, err } = await runBuilt(args, (text) => text.includes('Sampling'));
  expect([code, out]).toEqual([130, '']);
  expect(err).toMatch(/probust: Interrupted; nothing was written\.\n$/);
  expect((await readdir(folder)).filter((name) => name.includes('never'))).toEqual([]);
});

test('the built command line has its exit codes', async () => {
  const codes = [
    [0, ['--version']],
    [0, ['cdf', '--help']],
    [2, ['sweep']],
    [3, ['sweep', '--image', 'nowhere.png']],
    [4, ['sweep', '--image', 'nowhere.png', '--model', 'nothing']],
  ] as const;
  for (const [expected, args] of codes) {
    const { code, out, err } = await runBuilt(args);
    expect(code, args.join(' ')).toBe(expected);
    expect(expected === 0 ? err : out).toBe('');
  }
});
