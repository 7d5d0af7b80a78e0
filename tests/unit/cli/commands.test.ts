import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/cli/errors';
import { COMMANDS } from '../../../src/cli/main';
import { DEFAULT_ESTIMATORS } from '../../../src/estimators/catalogue';
import { ESTIMATORS } from '../../../src/estimators/registry';
import { readBundledIds, readCard, readIndex } from '../../../src/node/bundled-models';
import { projectFolder, readVersion } from '../../../src/node/project';
import { classesResultSchema } from '../../../src/results/classes-result';
import { parseSweepResult } from '../../../src/results/sweep-result';
import { runCli } from '../../support/cli';
import { readCsv } from '../../support/csv';

const IMAGE = join(projectFolder, 'public', 'samples', 'one-or-seven.png');
const SMALL = ['--image', IMAGE, '--model', 'mnist-linear', '--threads', '1', '--stop', 'fixed:256'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('help', () => {
  it('names every command and every exit code', async () => {
    const { code, out } = await runCli(['--help']);
    expect(code).toBe(EXIT.ok);
    for (const { name } of COMMANDS) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const exit of Object.values(EXIT)) expect(out).toMatch(new RegExp(`^  ${exit} `, 'm'));
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'of %s has all its options and examples',
    async (name, { options, examples }) => {
      const { code, out } = await runCli([name, '--help']);
      expect(code).toBe(EXIT.ok);
      for (const option of Object.keys(options)) expect(out).toContain(`--${option}`);
      expect(examples.length).toBeGreaterThan(0);
      for (const { line } of examples) expect(out).toContain(line);
    },
  );

  it('prints the version of package.json', async () => {
    const { version } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
    expect(await runCli(['--version'])).toEqual({ code: EXIT.ok, out: `${version}\n`, err: '' });
  });
});

describe('what goes wrong is one sentence on stderr and a code', () => {
  const sentence = /^probust: [^\n]+\n$/;

  it.each<[number, string, string[]]>([
    [EXIT.usage, 'no command', []],
    [EXIT.usage, 'an unknown command', ['sweeep']],
    [EXIT.usage, 'an unknown option', ['sweep', '--imag', IMAGE]],
    [EXIT.usage, 'an option without its value', ['sweep', '--image']],
    [EXIT.usage, 'a value that looks like an option', ['sweep', '--image', IMAGE, '--seed', '-1']],
    [EXIT.usage, 'no picture', ['sweep']],
    [EXIT.usage, 'an argument too many', ['sweep', '--image', IMAGE, 'x']],
    [EXIT.usage, 'no file of problems', ['cdf']],
    [EXIT.usage, 'an unknown estimator', ['sweep', '--image', IMAGE, '--estimators', 'mcc']],
    [EXIT.usage, 'an unknown class', ['sweep', '--image', IMAGE, '--target', '10']],
    [EXIT.usage, 'an unknown backend', ['sweep', '--image', IMAGE, '--backend', 'cuda']],
    [EXIT.usage, 'no radius', ['classes', '--image', IMAGE]],
    [EXIT.input, 'a picture that is not there', ['sweep', '--image', 'nowhere.png']],
    [EXIT.input, 'a folder as picture', ['sweep', '--image', projectFolder]],
    [EXIT.input, 'a text as picture', ['sweep', '--image', join(projectFolder, 'package.json')]],
    [EXIT.input, 'a place that cannot be written', ['sweep', '--image', IMAGE, '--out', '/nowhere/a.json']],
    [EXIT.input, 'a folder as result', ['sweep', '--image', IMAGE, '--out', projectFolder]],
    [EXIT.model, 'an unknown model', ['sweep', '--image', IMAGE, '--model', 'nothing']],
    [EXIT.input, 'a model that is not there', ['sweep', '--image', IMAGE, '--model', './nowhere/model.json']],
    [EXIT.model, 'a picture as model', ['sweep', '--image', IMAGE, '--model', IMAGE]],
    [EXIT.usage, 'a range for a bundled model', ['sweep', '--image', IMAGE, '--range', '0:255']],
    [EXIT.usage, 'a range of one number', ['sweep', '--image', IMAGE, '--model', IMAGE, '--range', '255']],
  ])('%i: %s', async (expected, _what, args) => {
    const { code, out, err } = await runCli(args);
    expect(code).toBe(expected);
    expect(out).toBe('');
    expect(err).toMatch(sentence);
  });

  it('names PNG and .npy to whom brings a JPEG', async () => {
    const path = join(folder, 'photo.jpg');
    await writeFile(path, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]));
    const { code, err } = await runCli(['sweep', '--image', path]);
    expect(code).toBe(EXIT.input);
    expect(err).toMatch(/photo\.jpg.*JPEG.*PNG.*\.npy/);
  });

  it('ends with 130 and writes nothing once it is interrupted', async () => {
    const controller = new AbortController();
    const path = join(folder, 'interrupted.json');
    const args = ['sweep', ...SMALL, '--stop', 'fixed:100000000', '--sigmas', '0.3', '--out', path];
    setTimeout(() => controller.abort(), 500);
    const { code, out, err } = await runCli(args, { signal: controller.signal });
    expect([code, out]).toEqual([EXIT.interrupted, '']);
    expect(err).toMatch(sentence);
    expect(await readdir(folder)).not.toContain('interrupted.json');
  });
});

describe('sweep', () => {
  it('prints a probust-sweep/1 file with the page’s defaults, and nothing else', async () => {
    const { code, out, err } = await runCli(['sweep', ...SMALL]);
    expect([code, err]).toEqual([EXIT.ok, '']);
    const sweep = parseSweepResult(out);
    const card = await readCard('mnist-linear');
    expect(sweep).toMatchObject({
      app: readVersion(),
      model: { id: 'mnist-linear', sha256: card.sha256 },
      image: { width: 28, height: 28 },
      seed: 1,
      backend: 'wasm',
      stop: { rule: 'fixed', samples: 256 },
    });
    expect(Object.keys(sweep.estimates).sort()).toEqual([...DEFAULT_ESTIMATORS].sort());
    const related = await Promise.all(
      (await readIndex()).models
        .filter((entry) => entry.id === card.id || entry.ordinary === card.id)
        .map((entry) => readCard(entry.id)),
    );
    expect([sweep.sigmas.length, sweep.sigmas[0], sweep.sigmas[11]]).toEqual([
      12,
      Math.min(...related.map(({ sigma }) => sigma.min)),
      Math.max(...related.map(({ sigma }) => sigma.max)),
    ]);
    for (const rows of Object.values(sweep.estimates)) {
      expect(rows.map(({ sigma }) => sigma)).toEqual(sweep.sigmas);
    }
    for (const row of sweep.estimates.mc ?? []) expect(row.evaluations).toBe(256);
  });

  it('gives the same numbers again, others for another seed', async () => {
    const run = async (seed: string) => {
      const args = ['sweep', ...SMALL, '--sigmas', '0.5,0.8', '--estimators', 'mc', '--seed', seed];
      return parseSweepResult((await runCli(args)).out).estimates.mc?.map(({ p }) => p);
    };
    const [first, again, other] = [await run('3'), await run('3'), await run('4')];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('has the linear model’s Taylor value within sampling’s limits, by both backends', async () => {
    const run = async (backend: string) => {
      const args = ['sweep', ...SMALL, '--sigmas', '0.4', '--estimators', 'mc,taylor', '--backend', backend];
      return parseSweepResult((await runCli([...args, '--stop', 'fixed:2048'])).out);
    };
    const [wasm, cpu] = [await run('wasm'), await run('cpu')];
    expect([wasm.backend, cpu.backend]).toEqual(['wasm', 'cpu']);
    const [taylor, mc] = [wasm.estimates.taylor?.[0], wasm.estimates.mc?.[0]];
    // Five standard errors of sampling, and of the Gaussian CDF.
    const error = 5 * Math.hypot(mc?.samplingError ?? 0, taylor?.numericalError ?? 0);
    expect(Math.abs((taylor?.p ?? 0) - (mc?.p ?? 1))).toBeLessThan(error);
    expect(cpu.estimates.taylor?.[0]?.p).toBeCloseTo(taylor?.p ?? 0, 4);
  });

  it('writes the file whole, as CSV by its name, and leaves nothing beside it', async () => {
    const inside = await mkdtemp(join(folder, 'out-'));
    const path = join(inside, 'sweep.csv');
    await writeFile(path, 'before');
    const args = [
      'sweep',
      ...SMALL,
      '--sigmas',
      '0.2,0.4',
      '--estimators',
      'softmax,taylor',
      '--target',
      '2',
    ];
    const { code, out } = await runCli([...args, '--out', path]);
    expect([code, out]).toEqual([EXIT.ok, '']);
    const rows = readCsv(await readFile(path, 'utf8'));
    expect(rows.map(({ estimator, sigma }) => [estimator, sigma])).toEqual([
      ['taylor', '0.2'],
      ['taylor', '0.4'],
      ['softmax', '0.2'],
      ['softmax', '0.4'],
    ]);
    expect(rows[0]).toMatchObject({ targetIndex: '2', model: 'mnist-linear' });
    expect(await readdir(inside)).toEqual(['sweep.csv']);
  });

  it('shows progress where it is asked for, or somebody watches', async () => {
    const args = ['sweep', ...SMALL, '--sigmas', '0.2', '--estimators', 'mc'];
    expect((await runCli([...args, '--progress'])).err).toContain('Starting the engine\n');
    const { err } = await runCli(args, { errIsTerminal: true });
    expect(err).toContain('Starting the engine');
    expect(err.endsWith('\r\u001b[K')).toBe(true);
  });
});

describe('classes', () => {
  it('prints shares of all copies, with limits around them', async () => {
    const { code, out } = await runCli(['classes', ...SMALL, '--sigma', '0.5']);
    expect(code).toBe(EXIT.ok);
    const { estimates, sigma } = v.parse(classesResultSchema, JSON.parse(out));
    expect(sigma).toBe(0.5);
    const { classes, interval, evaluations } = estimates.mc ?? { classes: [] };
    expect([interval, evaluations]).toEqual(['clopper-pearson', 256]);
    expect(classes.map(({ label }) => label)).toEqual([...'0123456789']);
    expect(classes.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 12);
    for (const { p, lo, hi } of classes) expect((lo as number) <= p && p <= (hi as number)).toBe(true);
    expect(classes.filter(({ p }) => p > 0).length).toBeGreaterThan(1);
  });

  it('says of the predicted class what a sweep says', async () => {
    const { out } = await runCli(['classes', ...SMALL, '--sigma', '0.5', '--seed', '9']);
    const { predicted, estimates, image } = v.parse(classesResultSchema, JSON.parse(out));
    const args = ['sweep', ...SMALL, '--sigmas', '0.5', '--estimators', 'mc', '--seed', '9'];
    const sweep = parseSweepResult((await runCli(args)).out);
    expect(sweep.target.index).toBe(predicted.index);
    expect(sweep.image).toEqual(image);
    expect(estimates.mc?.classes[predicted.index]?.p).toBe(sweep.estimates.mc?.[0]?.p);
  });

  it('is one CSV row a class', async () => {
    const { out } = await runCli(['classes', ...SMALL, '--sigma', '0.5', '--format', 'csv']);
    expect(readCsv(out).map(({ estimator, index }) => `${estimator} ${index}`)).toEqual(
      Array.from({ length: 10 }, (_, i) => `mc ${i}`),
    );
  });
});

describe('lists', () => {
  it('has every model with its card', async () => {
    const bundled = await readBundledIds();
    const { models } = JSON.parse((await runCli(['models', '--json'])).out) as { models: unknown[] };
    expect(models).toEqual(await Promise.all(bundled.map(readCard)));
    const text = (await runCli(['models'])).out;
    for (const id of bundled) expect(text).toMatch(new RegExp(`^  ${id} `, 'm'));
  });

  it('has every estimator of the registry', async () => {
    const list = JSON.parse((await runCli(['estimators', '--json'])).out) as { id: string }[];
    expect(list.map(({ id }) => id)).toEqual(ESTIMATORS.map(({ id }) => id));
    const text = (await runCli(['estimators'])).out;
    for (const { id } of ESTIMATORS) expect(text).toMatch(new RegExp(`^  ${id} `, 'm'));
  });
});
