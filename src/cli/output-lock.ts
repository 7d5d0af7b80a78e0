import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { isRunning, thisProcess } from '../node/process-identity';
import { type CliError, inputError, interrupted } from './errors';
import { cannotWrite } from './output';

/** The holder of a lock shows so often that it is alive. */
const BEAT_MS = 5000;
/** A holder that cannot be seen and has shown nothing for so long is taken for dead. */
const SILENCE_MS = 60_000;
const LOOK_EVERY_MS = 1000;

const ownerSchema = v.object({
  token: v.string(),
  host: v.string(),
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  started: v.string(),
});

type Owner = v.InferOutput<typeof ownerSchema>;

/** The right to write a file. */
export interface OutputLock {
  /** Throws a CliError if another process has taken over, so that nothing is written twice. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

export interface LockOptions {
  readonly signal: AbortSignal;
  /** Told once if another machine's process has to be waited for. */
  readonly onWait: (sentence: string) => void;
  readonly silenceMs?: number;
}

/** The owner that a lock file names; null where there is none, undefined where the file is no lock. */
async function ownerOf(path: string): Promise<Owner | null | undefined> {
  try {
    const owner = v.safeParse(ownerSchema, JSON.parse(await readFile(path, 'utf8')));
    return owner.success ? owner.output : undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : undefined;
  }
}

/** Makes a file with its content at once; false if it is there already. */
async function createWhole(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { flag: 'wx' });
    await link(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return createPlainly(path, content);
    throw cannotWrite(path, error);
  } finally {
    await rm(draft, { force: true });
  }
}

/** The same on a file system without hard links. */
async function createPlainly(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cannotWrite(path, error);
  }
}

const busy = (out: string, path: string, { pid, host }: Owner): CliError =>
  inputError(
    `${out} is being computed by process ${pid} on ${host.split(' ')[0]}; wait for it, or choose another --out. If it does not run any more, delete ${path}.`,
  );

/** Waits until a lock whose holder cannot be seen has shown no life for long enough; rejects if it is alive. */
async function waitForSilence(
  out: string,
  path: string,
  owner: Owner,
  { signal, onWait, silenceMs = SILENCE_MS }: LockOptions,
): Promise<void> {
  const beat = async (): Promise<number> => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
  const first = await beat();
  onWait(
    `${path} names process ${owner.pid} on ${owner.host.split(' ')[0]}, which cannot be seen from here; waiting ${Math.ceil(silenceMs / 1000)} s for a sign of life.`,
  );
  for (let waited = 0; waited < silenceMs; waited += LOOK_EVERY_MS) {
    await sleep(Math.min(LOOK_EVERY_MS, silenceMs), undefined, { signal }).catch(() => {
      throw interrupted();
    });
    if ((await beat()) !== first) throw busy(out, path, owner);
  }
}

/**
 * Puts a lock of one's own in the place of a dead owner's. Of several that try, one has the right to: who makes the file
 * that is named after the dead owner's token. False if another was faster.
 */
async function takeOver(path: string, dead: Owner, content: string): Promise<boolean> {
  const right = `${path}.${dead.token}`;
  if (!(await createWhole(right, content))) {
    // Whoever made it may have died amid it.
    const other = await ownerOf(right);
    if (other === undefined || (other !== null && isRunning(other) === false))
      await rm(right, { force: true });
    return false;
  }
  try {
    if ((await ownerOf(path))?.token !== dead.token) return false;
    const draft = `${path}.${randomUUID()}`;
    await writeFile(draft, content, { flag: 'wx' });
    await rename(draft, path);
    return true;
  } catch (error) {
    throw cannotWrite(path, error);
  } finally {
    await rm(right, { force: true });
  }
}

/** Tries of a take-over before the other side is believed to be alive. */
const TRIES = 20;
const RETRY_MS = 50;

/**
 * The only right to write `out`: a file beside it that names its process. One that a dead process left is taken over.
 * Throws a CliError if another process holds it.
 */
export async function lockOutput(out: string, options: LockOptions): Promise<OutputLock> {
  const path = `${out}.lock`;
  const mine: Owner = { token: randomUUID(), ...thisProcess() };
  const content = `${JSON.stringify(mine)}\n`;
  for (let tries = 0; ; tries++) {
    if (await createWhole(path, content)) return held(out, path, mine);
    const owner = await ownerOf(path);
    if (owner === null) continue;
    if (owner === undefined) {
      throw inputError(`${path} is there and no lock of probust dataset; delete it if nothing needs it.`);
    }
    const lives = isRunning(owner);
    if (lives === true || tries >= TRIES) throw busy(out, path, owner);
    if (lives === null) await waitForSilence(out, path, owner, options);
    if (await takeOver(path, owner, content)) return held(out, path, mine);
    await sleep(RETRY_MS);
  }
}

function held(out: string, path: string, mine: Owner): OutputLock {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, BEAT_MS);
  timer.unref();
  const isMine = async (): Promise<boolean> => (await ownerOf(path))?.token === mine.token;
  return {
    async assertHeld() {
      if (await isMine()) return;
      throw inputError(`${path} is not this process’s any more; another one goes on with ${out}.`);
    },
    async release() {
      clearInterval(timer);
      if (await isMine()) await rm(path, { force: true });
    },
  };
}
