import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { fromDatasetCsv } from '../../src/dataset';
import { mnistFiles } from '../support/data-files';
import { runBuilt } from './support/cli';
import { drawDigit, STROKES } from './support/pictures';

const BUILT = fileURLToPath(new URL('../../dist-cli/probust.js', import.meta.url));
const LABELS = Array.from({ length: 60 }, (_, i) => i % 10);

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-process-'));
  const { images, labels } = mnistFiles(LABELS, (i, x, y) => ((i + 3) * x * y) % 256);
  await writeFile(join(folder, 't10k-images-idx3-ubyte'), images);
  await writeFile(join(folder, 't10k-labels-idx1-ubyte'), labels);
  await writeFile(join(folder, 'seven.png'), drawDigit(STROKES.seven, 'seven.png').bytes);
});
test.afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly err: string;
}

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [BUILT, ...args], {
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr?.on('data', (data) => {
    err += data;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, err })),
  );
  return { child, ended };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { timeout: 60_000, intervals: [50] }).toBe(true);
}

test('of two runs on one table one is refused; killed and finished, each image is there once', async () => {
  test.setTimeout(240_000);
  const out = join(folder, 'rows.csv');
  const args = ['dataset', '--model', 'mnist-linear', '--data', folder, '--sigma', '0.3'];
  const options = ['--estimator', 'mc', '--stop', 'fixed:2000', '--threads', '1', '--out', out];
  const runs = [start([...args, ...options]), start([...args, ...options])];
  await until(
    async () => existsSync(`${out}.rows`) && (await readFile(`${out}.rows`, 'utf8')).split('\n').length > 4,
  );
  for (const { child } of runs) child.kill('SIGKILL');
  const ended = await Promise.all(runs.map((each) => each.ended));
  const refused = ended.filter(({ code }) => code === 3);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.err).toContain('is being computed by process');
  expect(existsSync(`${out}.lock`)).toBe(true);
  expect((await runBuilt([...args, ...options])).code).toBe(0);
  const { rows } = fromDatasetCsv(await readFile(out, 'utf8'), out);
  expect(rows.map(({ index }) => index)).toEqual([...LABELS.keys()]);
  expect((await readdir(folder)).filter((name) => name.startsWith('rows.csv'))).toEqual(['rows.csv']);
});

/** A linear model of 28 x 28 pixels and so many classes, as tfjs has it. */
async function linearModel(classes: number): Promise<string> {
  const weights = Float32Array.from({ length: 785 * classes }, (_, i) =>
    i < 784 * classes ? Math.sin(12.9898 * i + 1) / 28 : 0,
  );
  const layer = (class_name: string, config: object) => ({ class_name, config });
  const model = {
    format: 'layers-model',
    modelTopology: {
      keras_version: '2.4.0',
      backend: 'tensorflow',
      model_config: layer('Sequential', {
        name: 'linear',
        layers: [
          layer('Flatten', { name: 'f', batch_input_shape: [null, 28, 28, 1], dtype: 'float32' }),
          layer('Dense', { name: 'd', units: classes, activation: 'linear', use_bias: true }),
        ],
      }),
    },
    weightsManifest: [
      {
        paths: ['w.bin'],
        weights: [
          { name: 'd/kernel', shape: [784, classes], dtype: 'float32' },
          { name: 'd/bias', shape: [classes], dtype: 'float32' },
        ],
      },
    ],
  };
  const path = join(folder, 'model.json');
  await writeFile(path, JSON.stringify(model));
  await writeFile(join(folder, 'w.bin'), new Uint8Array(weights.buffer));
  return path;
}

test('a signal ends a command that computes, and leaves one sentence', async () => {
  const model = await linearModel(1000);
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    const args = ['sweep', '--model', model, '--image', join(folder, 'seven.png'), '--sigmas', '0.3,0.5,0.8'];
    const { child, ended } = start([...args, '-e', 'gaussian_margin', '--progress']);
    let text = '';
    child.stderr?.on('data', (data) => {
      text += data;
    });
    await until(async () => text.includes('Starting the engine'));
    // Then it is amid its first CDF, which may report nothing for long.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    const asked = performance.now();
    child.kill(name);
    const { code, signal, err } = await ended;
    // Two seconds are promised; a machine with other work gets more.
    expect(performance.now() - asked).toBeLessThan(6000);
    expect(code === 130 || signal === name).toBe(true);
    expect(err.split('\n').filter((line) => line.startsWith('probust:'))).toEqual([
      'probust: Interrupted; nothing was written.',
    ]);
    expect(err).not.toContain('    at ');
  }
});

test('a full disk and a reader that leaves are a sentence and a code', async () => {
  test.skip(!existsSync('/dev/full'), 'this system has no /dev/full');
  const shell = (line: string): Promise<Ended> => {
    const child = spawn('bash', ['-c', line], { stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.on('data', (data) => {
      err += data;
    });
    return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, err })));
  };
  const probust = `'${process.execPath}' '${BUILT}'`;
  expect(await shell(`${probust} models --json > /dev/full`)).toMatchObject({
    code: 3,
    err: 'probust: stdout cannot be written: the disk is full.\n',
  });
  expect(await shell(`${probust} models --json | exec true; exit \${PIPESTATUS[0]}`)).toMatchObject({
    code: 141,
    err: 'probust: The reader of stdout closed it early; the rest was not written.\n',
  });
});
