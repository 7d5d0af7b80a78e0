import { LruCache } from '../../estimators/lru-cache';
import { Coalesced } from './coalesce';
import type { Known, QueryDefinition, QueryResult, QueryUpdate } from './definition';

interface Task {
  /** Parts that this task has yet to finish. */
  readonly parts: Set<string>;
  readonly controller: AbortController;
  fraction: number;
  secondsLeft: number | null;
}

interface Entry<Request, Data> extends Known<Data> {
  data: Data;
  readonly finished: Set<string>;
  readonly failed: Set<string>;
  readonly tasks: Set<Task>;
  /** Null while it may run. */
  stopped: 'cancelled' | 'failed' | null;
  error: unknown;
  fraction: number;
  fromCache: boolean;
  /** One for each observer. */
  readonly observers: Map<symbol, Request>;
  /** Of the observers, or of the last ones. */
  parts: readonly string[];
  timer: ReturnType<typeof setTimeout> | undefined;
  /** The request has stayed the same for long enough. */
  isRested: boolean;
  /** As it was published last. */
  result: QueryResult<Data>;
}

const WHOLE: readonly string[] = ['whole'];

let report: (error: unknown) => void = () => {};

/** Calls back with whatever a query, or a part of one, fails with. */
export function onQueryError(callback: (error: unknown) => void): void {
  report = callback;
}

const unpublished = new Set<() => void>();
/** The news of all queries come together, so that the page draws once for them. */
const publication = new Coalesced(() => {
  const publishers = [...unpublished];
  unpublished.clear();
  for (const publish of publishers) publish();
});

/**
 * Answers one kind of question: runs what is observed and not known, tells listeners what comes in, stops what nobody
 * observes any more, and keeps what was found.
 */
export class Query<Request, Data> {
  /** Where nothing is asked. */
  readonly none: QueryResult<Data>;
  readonly #cache: LruCache<Entry<Request, Data>>;
  /** Those with observers are not dropped from the cache. */
  readonly #observed = new Map<string, Entry<Request, Data>>();
  readonly #listeners = new Set<() => void>();
  readonly #changed = new Set<Entry<Request, Data>>();
  #running = 0;

  constructor(readonly definition: QueryDefinition<Request, Data>) {
    this.#cache = new LruCache(definition.capacity);
    this.none = {
      status: 'idle',
      data: definition.empty,
      fraction: 0,
      secondsLeft: null,
      finished: [],
      failed: [],
      error: null,
      fromCache: false,
    };
  }

  /** Calls back when a result has changed. @returns ends it */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** The newest result: the same object until it changes. */
  read(request: Request | null): QueryResult<Data> {
    return request === null ? this.none : this.#entry(request).result;
  }

  isObserved(request: Request): boolean {
    return this.#observed.has(this.definition.key(request));
  }

  /** Asks for an answer. @returns ends it; what runs for nobody is stopped then, and what was found is kept */
  observe(request: Request): () => void {
    const entry = this.#entry(request);
    const observer = Symbol();
    const isFirst = !this.#observed.has(entry.key);
    this.#observed.set(entry.key, entry);
    entry.observers.set(observer, request);
    if (isFirst) this.#open(entry);
    this.#settle(entry);
    return () => {
      entry.observers.delete(observer);
      // Another observer may take its place within this task.
      setTimeout(() => this.#settle(entry));
    };
  }

  /** Stops what runs. It stays stopped until it is resumed. */
  cancel(request: Request): void {
    const entry = this.#entry(request);
    if (this.#statusOf(entry) !== 'running') return;
    entry.stopped = 'cancelled';
    this.#abort(entry);
    this.#publish(entry);
    publication.flush();
  }

  /** Runs what was cancelled or failed. */
  resume(request: Request): void {
    const entry = this.#entry(request);
    entry.stopped = null;
    entry.failed.clear();
    this.#settle(entry);
    publication.flush();
  }

  /** Observes a request until its data are complete. Rejects as its run does. */
  async fetch(request: Request): Promise<Data> {
    const leave = this.observe(request);
    let unsubscribe = (): void => {};
    try {
      return await new Promise((resolve, reject) => {
        const look = (): void => {
          const { status, data, error } = this.read(request);
          if (status === 'done') resolve(data);
          else if (status === 'failed') reject(error);
        };
        unsubscribe = this.subscribe(look);
        look();
      });
    } finally {
      unsubscribe();
      leave();
    }
  }

  #partsOf(request: Request): readonly string[] {
    return this.definition.parts?.(request) ?? WHOLE;
  }

  #entry(request: Request): Entry<Request, Data> {
    const key = this.definition.key(request);
    return this.#observed.get(key) ?? this.#cache.get(key) ?? this.#create(key, request);
  }

  #create(key: string, request: Request): Entry<Request, Data> {
    const derived = this.definition.derive?.(request, (matches) => this.#cache.find(matches));
    const entry: Entry<Request, Data> = {
      key,
      data: derived?.data ?? this.definition.empty,
      finished: new Set(derived?.finished),
      failed: new Set(),
      tasks: new Set(),
      stopped: null,
      error: null,
      fraction: 0,
      fromCache: false,
      observers: new Map(),
      parts: this.#partsOf(request),
      timer: undefined,
      isRested: false,
      result: this.none,
    };
    entry.fromCache = entry.finished.size > 0;
    entry.result = this.#resultOf(entry);
    this.#cache.set(key, entry);
    return entry;
  }

  /** Begins to be observed: what failed is open to another attempt. */
  #open(entry: Entry<Request, Data>): void {
    entry.failed.clear();
    if (entry.stopped === 'failed') entry.stopped = null;
    entry.fromCache = entry.finished.size > 0;
    const { debounceMs = 0 } = this.definition;
    entry.isRested = debounceMs === 0;
    if (entry.isRested) return;
    entry.timer = setTimeout(() => {
      entry.isRested = true;
      this.#settle(entry);
    }, debounceMs);
  }

  #close(entry: Entry<Request, Data>): void {
    clearTimeout(entry.timer);
    this.#abort(entry);
    this.#observed.delete(entry.key);
    // Those that are left were used last.
    this.#cache.set(entry.key, entry);
  }

  /** Brings what runs in line with what is observed. */
  #settle(entry: Entry<Request, Data>): void {
    if (!this.#observed.has(entry.key)) return;
    if (entry.observers.size === 0) {
      this.#close(entry);
      return;
    }
    const requests = [...entry.observers.values()];
    const parts = new Set(requests.flatMap((request) => this.#partsOf(request)));
    entry.parts = [...parts];
    for (const task of entry.tasks) {
      if (![...task.parts].some((part) => parts.has(part))) this.#abort(entry, task);
    }
    const missing = this.#missing(entry).filter(
      (part) => ![...entry.tasks].some((task) => task.parts.has(part)),
    );
    const mayRun = entry.stopped === null && entry.isRested && !(this.definition.serial && this.#running > 0);
    if (mayRun && missing.length > 0) void this.#run(entry, requests.at(-1) as Request, missing);
    this.#publish(entry);
  }

  #missing({ parts, finished, failed }: Entry<Request, Data>): string[] {
    return parts.filter((part) => !finished.has(part) && !failed.has(part));
  }

  async #run(entry: Entry<Request, Data>, request: Request, parts: readonly string[]): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    const task: Task = { parts: new Set(parts), controller, fraction: 0, secondsLeft: null };
    entry.tasks.add(task);
    entry.fromCache = false;
    this.#running++;
    try {
      for await (const update of this.definition.run(request, parts, signal)) {
        this.#apply(entry, task, update);
        this.#publish(entry);
      }
      if (!signal.aborted) for (const part of task.parts) entry.finished.add(part);
    } catch (error) {
      if (!signal.aborted) {
        entry.stopped = 'failed';
        entry.error = error;
        this.#abort(entry);
        this.#report(error);
      }
    } finally {
      this.#running--;
      entry.tasks.delete(task);
      this.#publish(entry);
      publication.flush();
      for (const each of this.definition.serial ? [...this.#observed.values()] : [entry]) this.#settle(each);
    }
  }

  #apply(entry: Entry<Request, Data>, task: Task, update: QueryUpdate<Data>): void {
    const { change, progress, finished = [], failed } = update;
    if (change !== undefined) entry.data = change(entry.data);
    if (progress !== undefined) {
      task.fraction = progress.fraction;
      task.secondsLeft = progress.secondsLeft ?? null;
    }
    for (const part of finished) {
      task.parts.delete(part);
      entry.finished.add(part);
    }
    if (failed === undefined) return;
    task.parts.delete(failed.part);
    entry.failed.add(failed.part);
    this.#report(failed.error);
  }

  #report(error: unknown): void {
    if (this.definition.reportsErrors ?? true) report(error);
  }

  #abort(entry: Entry<Request, Data>, only?: Task): void {
    for (const task of only === undefined ? [...entry.tasks] : [only]) {
      entry.tasks.delete(task);
      task.controller.abort();
    }
  }

  #statusOf(entry: Entry<Request, Data>): QueryResult<Data>['status'] {
    if (entry.stopped !== null) return entry.stopped;
    return entry.tasks.size > 0 || this.#missing(entry).length > 0 ? 'running' : 'done';
  }

  #resultOf(entry: Entry<Request, Data>): QueryResult<Data> {
    const tasks = [...entry.tasks];
    if (tasks.length > 0) entry.fraction = Math.min(...tasks.map(({ fraction }) => fraction));
    const left = tasks.flatMap(({ secondsLeft }) => (secondsLeft === null ? [] : [secondsLeft]));
    return {
      status: this.#statusOf(entry),
      data: entry.data,
      fraction: entry.fraction,
      secondsLeft: left.length === 0 ? null : Math.max(...left),
      finished: [...entry.finished],
      failed: [...entry.failed],
      error: entry.error,
      fromCache: entry.fromCache,
    };
  }

  #publish(entry: Entry<Request, Data>): void {
    this.#changed.add(entry);
    unpublished.add(this.#publishChanged);
    publication.call();
  }

  readonly #publishChanged = (): void => {
    for (const entry of this.#changed) entry.result = this.#resultOf(entry);
    this.#changed.clear();
    for (const listener of this.#listeners) listener();
  };
}
