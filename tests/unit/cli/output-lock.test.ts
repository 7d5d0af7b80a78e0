import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliError } from '../../../src/cli/errors';
import { lockOutput } from '../../../src/cli/output-lock';
import { isRunning, thisProcess } from '../../../src/node/process-identity';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-lock-'));
  out = join(folder, 'rows.csv');
});
afterEach(() => rm(folder, { recursive: true }));

const waits: string[] = [];
const options = {
  signal: new AbortController().signal,
  onWait: (sentence: string) => void waits.push(sentence),
  silenceMs: 40,
};
const lock = () => lockOutput(out, options);
const leave = (owner: object) =>
  writeFile(`${out}.lock`, JSON.stringify({ token: 'left', ...thisProcess(), ...owner }));

/** A process that has ended, and its number. */
const deadPid = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', () => resolve(child.pid as number));
  });

describe('the lock of an output', () => {
  it('is held by one process, which it names, and leaves nothing', async () => {
    const first = await lock();
    await expect(lock()).rejects.toThrow(`is being computed by process ${process.pid}`);
    await first.assertHeld();
    await first.release();
    expect(await readdir(folder)).toEqual([]);
    await (await lock()).release();
  });

  it('is taken over from a process that has ended', async () => {
    await leave({ pid: await deadPid() });
    await (await lock()).assertHeld();
  });

  it('is taken over where another process has the number by now', async () => {
    await leave({ started: `${thisProcess().started}1` });
    await (await lock()).assertHeld();
  });

  it('is taken over from another machine only after it was silent', async () => {
    await leave({ host: 'elsewhere boot', pid: 1 });
    expect(isRunning({ host: 'elsewhere boot', pid: 1, started: '' })).toBeNull();
    await (await lock()).release();
    expect(waits.at(-1)).toContain('process 1 on elsewhere');
    await leave({ host: 'elsewhere boot', pid: 1 });
    const beat = setInterval(() => void utimes(`${out}.lock`, new Date(), new Date()), 5);
    await expect(lock()).rejects.toThrow('is being computed by process 1 on elsewhere');
    clearInterval(beat);
  });

  it('is taken over by one of many that try at once', async () => {
    await leave({ pid: await deadPid() });
    const tries = await Promise.allSettled(Array.from({ length: 12 }, lock));
    const held = tries.filter((each) => each.status === 'fulfilled');
    expect(held).toHaveLength(1);
    for (const each of tries) {
      if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(CliError);
    }
    await held[0]?.value.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('that was taken away is noticed before anything is written, and left alone', async () => {
    const first = await lock();
    await leave({ token: 'another' });
    await expect(first.assertHeld()).rejects.toThrow('is not this process’s any more');
    await first.release();
    expect(await readFile(`${out}.lock`, 'utf8')).toContain('another');
  });

  it('refuses a file of that name that is something else', async () => {
    await writeFile(`${out}.lock`, 'mine');
    await expect(lock()).rejects.toThrow('no lock of probust dataset');
  });
});
