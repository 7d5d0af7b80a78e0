import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertFits } from '../../../src/cli/cdf-problems';
import { describeError, EXIT } from '../../../src/cli/errors';
import { readBounded } from '../../../src/cli/read-file';
import { type DatasetHeader, toDatasetParquet } from '../../../src/dataset';
import { runBounded } from '../../../src/node/bounded-thread';
import { runCli } from '../../support/cli';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-hostile-'));
});
afterAll(() => rm(folder, { recursive: true }));

const SENTENCE = /^probust: [^\n]+\n$/;

const header: DatasetHeader = {
  schema: 'probust-dataset/1',
  app: '0.0.0',
  model: { id: 'm', sha256: 'a' },
  data: { name: 'd', sha256: 'b', images: 1 },
  labels: ['zero', 'one'],
  selection: { kind: 'all' },
  selected: 1,
  sigmas: [0.3],
  estimator: 'mc',
  seed: 1,
  stop: { rule: 'fixed', samples: 256 },
  level: 0.95,
  backend: 'cpu',
  shard: { number: 1, of: 1 },
};

describe('probust merge', () => {
  it('refuses Parquet files with any byte changed in their last part, or takes them for what they are', async () => {
    const whole = toDatasetParquet({ header, rows: [] });
    const merge = async (bytes: Uint8Array) => {
      const path = join(folder, 'part.parquet');
      await writeFile(path, bytes);
      return runCli(['merge', path, '--out', join(folder, 'all.csv')]);
    };
    const codes = new Set<number>();
    for (let at = whole.length - 12; at > 0; at -= Math.ceil(whole.length / 12)) {
      const changed = whole.slice();
      changed[at] = (changed[at] as number) ^ 0x55;
      const { code, err } = await merge(changed);
      codes.add(code);
      expect(err).toMatch(SENTENCE);
    }
    expect([...codes]).toEqual([EXIT.input]);
  });
});

describe('a thread with limits', () => {
  it('is ended when it goes on too long or takes too much', async () => {
    const ready =
      'const { parentPort, workerData } = require("worker_threads"); parentPort.postMessage(null)';
    await expect(runBounded(`${ready}; for (;;);`, null, { seconds: 0.3, megabytes: 50 })).rejects.toThrow(
      '0.3 s',
    );
    const hoard = 'const all = []; for (;;) all.push(new Array(1e5).fill({}));';
    await expect(runBounded(hoard, null, { seconds: 60, megabytes: 30 })).rejects.toThrow('30 MB');
    const echo =
      'const { parentPort, workerData } = require("worker_threads"); parentPort.postMessage(workerData)';
    expect(await runBounded(echo, [1, 2], { seconds: 60, megabytes: 50 })).toEqual([1, 2]);
  });

  it('has its own time, however many others run', async () => {
    const work =
      'const { parentPort } = require("worker_threads"); parentPort.postMessage(null); let sum = 0; for (let i = 0; i < 1e8; i++) sum += i % 7; parentPort.postMessage(sum)';
    // Together they compute for longer than each of them may.
    const all = Array.from({ length: 12 }, () =>
      runBounded<number>(work, null, { seconds: 1, megabytes: 50 }),
    );
    expect(new Set(await Promise.all(all)).size).toBe(1);
  });
});

describe('files without an end', () => {
  it('are read to their limit', async () => {
    await expect(readBounded('/dev/zero', 1000)).rejects.toMatchObject({ exitCode: EXIT.input });
    await writeFile(join(folder, 'ten'), '0123456789');
    await expect(readBounded(join(folder, 'ten'), 9)).rejects.toThrow('it is too large');
    expect((await readBounded(join(folder, 'ten'), 10)).toString()).toBe('0123456789');
  });
});

describe('probust cdf', () => {
  it('says of a problem that does not fit how much it takes', () => {
    const problem = { id: 'big', z: new Array<number>(200_000).fill(0), oneFactor: [] };
    expect(() => assertFits(problem, 'x.json')).toThrow(/200000 limits, which take about 895 GiB/);
    expect(() => assertFits({ ...problem, z: [0, 0, 0] }, 'x.json')).not.toThrow();
  });

  it('keeps its table whole whatever a problem is called', async () => {
    const stdin = JSON.stringify([{ id: 'a\tb\nc', z: [0], oneFactor: [0] }]);
    const { out } = await runCli(['cdf', '-'], { stdin });
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(out).toContain('a\\tb\\nc\t0.5\t');
  });
});

describe('what is thrown', () => {
  it.each([
    [
      Object.assign(new Error('ENOSPC: no space left on device, write'), {
        code: 'ENOSPC',
        syscall: 'write',
      }),
      EXIT.input,
      'A file cannot be used: the disk is full.',
    ],
    [
      Object.assign(new Error('EISDIR'), { code: 'EISDIR', syscall: 'read', path: 'x' }),
      EXIT.input,
      'x cannot be used: it is a folder.',
    ],
    [
      new RangeError('Array buffer allocation failed'),
      EXIT.input,
      'This needs more memory than there is; ask for less at once.',
    ],
    [
      new TypeError('x is not a function\n    at y'),
      EXIT.internal,
      'An error inside Probust: x is not a function',
    ],
    ['text', EXIT.internal, 'An error inside Probust: text'],
  ])('%s is a code and one sentence', (error, exitCode, message) => {
    expect(describeError(error)).toEqual({ exitCode, message });
  });
});
