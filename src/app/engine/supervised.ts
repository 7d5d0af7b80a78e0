import { type Remote, wrap } from 'comlink';
import { Heartbeat, type Loss } from './heartbeat';

/** A call that a worker has not answered. */
interface OpenCall {
  readonly method: string;
  /** The arguments, for another worker if the first one ends; null where there is nothing left to ask. */
  next(): readonly unknown[] | null;
  /** Lives of the worker that it was asked in. */
  attempts: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** It ends without an answer. */
  lose(error: Error): void;
}

type Method = (...given: readonly unknown[]) => Promise<unknown>;

export interface Supervision {
  start(): Worker;
  /** Milliseconds of silence after which the worker is given up, if not the usual ones. */
  readonly patience?: number;
  /** How often a call is asked in all; once, it ends with the worker that it was asked of. */
  attempts(method: string): number;
  /** What a call is rejected with that ended as often as that. */
  lost(loss: Loss): Error;
  /** Calls that a new worker is to have before all others, made again with the arguments of the last time. */
  readonly first?: readonly string[];
  /** What becomes of a method's arguments: those of every attempt, one after the other. */
  readonly resume?: Readonly<Record<string, (given: readonly unknown[]) => () => readonly unknown[] | null>>;
  /** Calls whose loss is told by themselves. */
  readonly whenLost?: Readonly<Record<string, (given: readonly unknown[], error: Error) => void>>;
  /** A worker ended, or hung and was ended; another takes its place. */
  onLoss?(): void;
  /** Workers keep ending before they have answered anything: none is started any more. */
  onFailure?(): void;
}

/** Workers in a row that end without having answered: a script that cannot be loaded, say. */
const MOST_FAILURES = 3;

/**
 * A worker that is started anew when it ends or hangs, with the calls that it has not answered. For its callers it is one
 * worker that never ends.
 */
export class SupervisedWorker<Api extends object> {
  readonly api: Remote<Api>;
  readonly #open = new Set<OpenCall>();
  /** The arguments of the last call of each method that a new worker is to have first. */
  readonly #first = new Map<string, readonly unknown[]>();
  #worker: Worker | null = null;
  #heart: Heartbeat | null = null;
  #remote: Record<string, Method> | null = null;
  #failures = 0;

  constructor(readonly supervision: Supervision) {
    const methods = new Map<PropertyKey, Method>();
    this.api = new Proxy(
      {},
      {
        get: (_, method) => {
          // What has a then is taken for a promise.
          if (typeof method !== 'string' || method === 'then') return undefined;
          const known = methods.get(method) ?? ((...given) => this.#call(method, given));
          methods.set(method, known);
          return known;
        },
      },
    ) as Remote<Api>;
  }

  /** Starts the worker, if it does not run. */
  start(): void {
    if (this.#worker === null) this.#begin();
  }

  /** Ends the worker; what it has not answered is rejected. The next call starts another. */
  end(error: Error): void {
    this.#stop();
    const open = [...this.#open];
    this.#open.clear();
    for (const call of open) call.lose(error);
  }

  #begin(): void {
    const worker = this.supervision.start();
    this.#worker = worker;
    const { port1, port2 } = new MessageChannel();
    this.#heart = new Heartbeat(port1, (loss) => this.#lose(worker, loss), this.supervision.patience);
    worker.postMessage({ pulse: port2 }, [port2]);
    for (const type of ['error', 'messageerror'] as const) {
      worker.addEventListener(type, () => this.#lose(worker, 'ended'));
    }
    this.#remote = wrap<Api>(worker) as unknown as Record<string, Method>;
  }

  #stop(): void {
    this.#heart?.stop();
    this.#worker?.terminate();
    this.#worker = null;
    this.#remote = null;
  }

  #call(method: string, given: readonly unknown[]): Promise<unknown> {
    const { resume, first, whenLost } = this.supervision;
    if (first?.includes(method)) this.#first.set(method, given);
    return new Promise((resolve, reject) => {
      const next = resume?.[method]?.(given) ?? (() => given);
      const tell = whenLost?.[method];
      const lose = (error: Error): void => {
        if (tell === undefined) {
          reject(error);
          return;
        }
        tell(given, error);
        resolve(null);
      };
      const call: OpenCall = { method, next, attempts: 0, resolve, reject, lose };
      this.#open.add(call);
      this.#ask(call);
    });
  }

  /** @param loss how the worker was lost that had the call before */
  #ask(call: OpenCall, loss: Loss = 'ended'): void {
    const { attempts, lost } = this.supervision;
    const given = call.attempts < attempts(call.method) ? call.next() : undefined;
    if (given === undefined || given === null) {
      this.#open.delete(call);
      if (given === null) call.resolve(null);
      else call.lose(lost(loss));
      return;
    }
    this.start();
    const worker = this.#worker;
    call.attempts++;
    const answer = this.#remote?.[call.method]?.(...given) ?? Promise.reject(lost('ended'));
    const settle = (end: () => void): void => {
      // An answer of a worker that was given up may come late.
      if (this.#worker !== worker || !this.#open.delete(call)) return;
      this.#failures = 0;
      end();
    };
    answer.then(
      (value) => settle(() => call.resolve(value)),
      (error: unknown) => settle(() => call.reject(error)),
    );
  }

  /** Ends a worker that hangs or has ended, and starts another. */
  #lose(worker: Worker, loss: Loss): void {
    if (this.#worker !== worker) return;
    this.#stop();
    const { onFailure, onLoss, lost } = this.supervision;
    if (++this.#failures >= MOST_FAILURES) {
      this.end(lost(loss));
      onFailure?.();
      return;
    }
    onLoss?.();
    const open = [...this.#open];
    for (const [method, given] of this.#first) {
      // Where it is open, it is asked again with the others, before them.
      if (open.some((call) => call.method === method)) continue;
      this.#call(method, given).catch(() => {});
    }
    for (const call of open) this.#ask(call, loss);
  }
}
