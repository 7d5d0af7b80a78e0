import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Reader } from '../reader';
import { LIMITS, type Limits } from './limits';
import type { Message, Result, Task } from './protocol';
import { readerOf } from './schedule';
import { usageOf } from './usage';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
const LOOK_MS = 250;
/** Beyond the limit by so much a process is ended while it still grows. */
const FAR_TOO_LARGE = 3;
const REGISTRY = new URL('../readers/index.ts', import.meta.url);

/** The run that a process is at. */
interface Current {
  readonly run: number;
  /** Empty while the input is made. */
  readonly kind: string;
  /** On the clock, of the processor, and of memory when reading began. */
  readonly at: number;
  readonly ms: number;
  readonly bytes: number;
}

interface Lane {
  readonly child: ChildProcess;
  /** Runs that are still to be reported. */
  left: number[];
  current: Current | null;
  /** Why it was ended. */
  ended: string | null;
}

export interface SupervisorOptions {
  readonly seed: number;
  /** Called for every run once, in no certain order. */
  readonly onResult: (result: Result) => void;
  /** A module that exports `READERS`. */
  readonly readers?: URL;
  readonly limits?: Limits;
}

/**
 * Runs trials in processes of their own. One that exceeds a limit is ended and counts as a failure; the rest of its runs
 * go on in a new one.
 */
export class Supervisor {
  readonly #lanes = new Set<Lane>();

  readonly #seed: number;
  readonly #registry: URL;
  readonly #limits: Limits;
  readonly #onResult: (result: Result) => void;
  #readers: readonly Reader[] = [];

  constructor({ seed, onResult, readers = REGISTRY, limits = LIMITS }: SupervisorOptions) {
    this.#seed = seed;
    this.#registry = readers;
    this.#limits = limits;
    this.#onResult = onResult;
  }

  async run(runs: readonly number[], processes: number): Promise<void> {
    this.#readers = ((await import(this.#registry.href)) as { READERS: readonly Reader[] }).READERS;
    const watch = setInterval(() => this.#look(), LOOK_MS);
    const parts = Array.from({ length: processes }, (_, lane) =>
      runs.filter((_run, i) => i % processes === lane),
    );
    try {
      await Promise.all(parts.map((part) => this.#finish(part)));
    } finally {
      clearInterval(watch);
      for (const { child } of this.#lanes) child.kill('SIGKILL');
    }
  }

  async #finish(runs: number[]): Promise<void> {
    let left = runs;
    while (left.length > 0) {
      const after = await this.#once(left);
      if (after.length === left.length)
        throw new Error('A process of the fuzzer ended before its first run.');
      left = after;
    }
  }

  /** Gives a new process these runs; resolves to those that are left when it ends. */
  #once(runs: number[]): Promise<number[]> {
    const child = fork(CHILD, [this.#registry.href], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const lane: Lane = { child, left: runs, current: null, ended: null };
    let said = '';
    child.stderr?.on('data', (data) => {
      said = `${said}${data}`.slice(-2000);
    });
    this.#lanes.add(lane);
    child.once('message', () => child.send({ seed: this.#seed, runs } satisfies Task));
    child.on('message', (message: Message) => this.#hear(lane, message));
    return new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.#lanes.delete(lane);
        if (lane.current !== null)
          this.#lost(lane, lane.ended ?? `the process ended (${signal ?? code}): ${said}`);
        resolve(lane.left);
      });
    });
  }

  #hear(lane: Lane, message: Message): void {
    if (message.type === 'begun' || message.type === 'made') {
      const { ms = 0, bytes = 0 } = usageOf(lane.child.pid as number) ?? {};
      const kind = message.type === 'made' ? message.kind : '';
      lane.current = { run: message.run, kind, at: performance.now(), ms, bytes };
    } else if (message.type === 'done') {
      lane.current = null;
      lane.left = lane.left.filter((run) => run !== message.result.run);
      this.#onResult(judged(message.result, this.#limits));
    } else if (lane.left.length === 0) {
      lane.child.kill();
    }
  }

  #lost(lane: Lane, problem: string): void {
    const { run, kind } = lane.current as Current;
    lane.left = lane.left.filter((each) => each !== run);
    const reader = readerOf(this.#readers, run).id;
    const lost = {
      run,
      reader,
      kind,
      isValid: kind.startsWith('valid'),
      ms: LIMITS.ms,
      bytes: 0,
      code: 'lost',
    };
    this.#onResult({ ...lost, outcome: 'failed', problem });
  }

  #look(): void {
    for (const lane of this.#lanes) {
      const { current, child } = lane;
      if (current === null || lane.ended !== null) continue;
      const waited = performance.now() - current.at;
      const usage = usageOf(child.pid as number);
      const isRead = current.kind !== '';
      const ms = usage === null ? waited : usage.ms - current.ms;
      const bytes = usage === null ? 0 : usage.bytes - current.bytes;
      if ((isRead && ms > this.#limits.ms) || waited > this.#limits.clockMs)
        lane.ended = `not done after ${Math.round(ms)} ms`;
      else if (bytes > FAR_TOO_LARGE * this.#limits.bytes)
        lane.ended = `grew by ${Math.round(bytes / 1e6)} MB`;
      if (lane.ended !== null) child.kill('SIGKILL');
    }
  }
}

/** A run that came to an end, but too late or too large. */
function judged(result: Result, limits: Limits): Result {
  if (result.outcome === 'failed') return result;
  const { ms, bytes } = result;
  const problem =
    ms > limits.ms
      ? `took ${Math.round(ms)} ms`
      : bytes > limits.bytes
        ? `took ${Math.round(bytes / 1e6)} MB`
        : null;
  return problem === null ? result : { ...result, outcome: 'failed', code: 'limit', problem };
}
