import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueryDefinition, QueryUpdate } from '../../../../src/app/queries/definition';
import { onQueryError, Query } from '../../../../src/app/queries/query';

interface Request {
  readonly key: string;
  readonly parts?: readonly string[];
}

type Found = Readonly<Record<string, number>>;

/** A run that a test feeds by hand. */
class Run {
  readonly #updates: QueryUpdate<Found>[] = [];
  #wake: () => void = () => {};
  #end: { readonly error?: unknown } | null = null;

  constructor(
    readonly request: Request,
    readonly parts: readonly string[],
    readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.end());
  }

  send(update: QueryUpdate<Found>): void {
    this.#updates.push(update);
    this.#wake();
  }

  /** @param error what the run fails with */
  end(error?: unknown): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wake();
  }

  async *events(): AsyncGenerator<QueryUpdate<Found>> {
    for (;;) {
      const update = this.#updates.shift();
      if (update !== undefined) yield update;
      else if (this.#end === null) await new Promise<void>((resolve) => (this.#wake = resolve));
      else if (this.#end.error !== undefined) throw this.#end.error;
      else return;
    }
  }
}

function setUp(options: Partial<QueryDefinition<Request, Found>> = {}) {
  const runs: Run[] = [];
  const query = new Query<Request, Found>({
    capacity: 4,
    empty: {},
    key: ({ key }) => key,
    parts: ({ parts = ['a'] }) => parts,
    run(request, parts, signal) {
      const run = new Run(request, parts, signal);
      runs.push(run);
      return run.events();
    },
    ...options,
  });
  const run = (i: number): Run => runs[i] as Run;
  return { query, runs, run };
}

const add = (part: string, value: number): QueryUpdate<Found> => ({
  change: (data) => ({ ...data, [part]: value }),
});
const settle = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

describe('a query', () => {
  const errors: unknown[] = [];
  // One clock for all: the queries share a timer.
  beforeAll(() => void vi.useFakeTimers());
  afterAll(() => void vi.useRealTimers());
  beforeEach(() => {
    errors.length = 0;
    onQueryError((error) => errors.push(error));
  });

  it('runs what is observed, and streams it', async () => {
    const { query, run, runs } = setUp();
    const request = { key: 'x' };
    expect(query.read(request)).toMatchObject({ status: 'running', data: {} });
    expect(runs).toHaveLength(0);
    query.observe(request);
    run(0).send({ ...add('a', 1), progress: { fraction: 0.5, secondsLeft: 3 } });
    await settle();
    expect(query.read(request)).toMatchObject({
      status: 'running',
      data: { a: 1 },
      fraction: 0.5,
      secondsLeft: 3,
    });
    run(0).send(add('a', 2));
    run(0).end();
    await settle();
    expect(query.read(request)).toMatchObject({ status: 'done', data: { a: 2 }, secondsLeft: null });
    expect(runs).toHaveLength(1);
  });

  it('answers nothing where nothing is asked', () => {
    const { query } = setUp();
    expect(query.read(null)).toMatchObject({ status: 'idle', data: {} });
  });

  it('gives the same result until it changes, and tells listeners when it does', async () => {
    const { query, run } = setUp();
    const request = { key: 'x' };
    query.observe(request);
    await settle();
    const before = query.read(request);
    expect(query.read({ key: 'x' })).toBe(before);
    const listener = vi.fn();
    const leave = query.subscribe(listener);
    run(0).send(add('a', 1));
    await settle();
    expect(listener).toHaveBeenCalled();
    expect(query.read(request)).not.toBe(before);
    leave();
    listener.mockClear();
    run(0).send(add('a', 2));
    await settle();
    expect(listener).not.toHaveBeenCalled();
  });

  it('is stopped once nobody observes it, goes on where it was left, and says what came from the cache', async () => {
    const { query, run, runs } = setUp();
    const request = { key: 'x', parts: ['a', 'b'] };
    const leave = query.observe(request);
    run(0).send({ ...add('a', 1), finished: ['a'] });
    run(0).send(add('b', 1));
    await settle();
    leave();
    expect(run(0).signal.aborted).toBe(false);
    await settle();
    expect(run(0).signal.aborted).toBe(true);

    query.observe(request);
    expect(run(1).parts).toEqual(['b']);
    expect(query.read(request).data).toEqual({ a: 1, b: 1 });
    run(1).end();
    await settle();
    expect(query.read(request)).toMatchObject({ status: 'done', fromCache: false });

    query.observe({ key: 'y' });
    query.observe(request);
    await settle();
    expect(runs.filter(({ request: { key } }) => key === 'x')).toHaveLength(2);
  });

  it('says that an answer was known when it was asked for', async () => {
    const { query, run } = setUp();
    const request = { key: 'x' };
    const leave = query.observe(request);
    run(0).end();
    await settle();
    expect(query.read(request).fromCache).toBe(false);
    leave();
    await settle();
    query.observe(request);
    await settle();
    expect(query.read(request)).toMatchObject({ status: 'done', fromCache: true });
  });

  it('is not stopped where one observer takes the place of another', async () => {
    const { query, run, runs } = setUp();
    const leave = query.observe({ key: 'x' });
    leave();
    query.observe({ key: 'x' });
    await settle();
    expect(run(0).signal.aborted).toBe(false);
    expect(runs).toHaveLength(1);
  });

  it('runs a part that is added beside what runs; the last of both says how long it takes', async () => {
    const { query, run, runs } = setUp();
    const first = query.observe({ key: 'x', parts: ['a'] });
    query.observe({ key: 'x', parts: ['a', 'b'] });
    expect(runs.map(({ parts }) => parts)).toEqual([['a'], ['b']]);
    run(0).send({ progress: { fraction: 0.8, secondsLeft: 1 } });
    run(1).send({ progress: { fraction: 0.2, secondsLeft: 9 } });
    await settle();
    expect(query.read({ key: 'x' })).toMatchObject({ fraction: 0.2, secondsLeft: 9 });
    first();
    await settle();
    expect(run(0).signal.aborted).toBe(false);
  });

  it('stops a run once all of its parts are switched off', async () => {
    const { query, run } = setUp();
    const leave = query.observe({ key: 'x', parts: ['a', 'b'] });
    run(0).send({ finished: ['a'] });
    await settle();
    query.observe({ key: 'x', parts: ['a'] });
    leave();
    await settle();
    expect(run(0).signal.aborted).toBe(true);
    expect(query.read({ key: 'x' }).status).toBe('done');
  });

  it('stays cancelled until it is resumed, even if it is left meanwhile', async () => {
    const { query, run, runs } = setUp();
    const request = { key: 'x' };
    const leave = query.observe(request);
    run(0).send(add('a', 1));
    await settle();
    query.cancel(request);
    expect(run(0).signal.aborted).toBe(true);
    expect(query.read(request)).toMatchObject({ status: 'cancelled', data: { a: 1 } });
    leave();
    await settle();
    query.observe(request);
    await settle();
    expect(query.read(request).status).toBe('cancelled');
    expect(runs).toHaveLength(1);
    query.resume(request);
    expect(runs).toHaveLength(2);
    expect(query.read(request).status).toBe('running');
  });

  it('cannot be cancelled once it is done', async () => {
    const { query, run } = setUp();
    query.observe({ key: 'x' });
    run(0).end();
    await settle();
    query.cancel({ key: 'x' });
    expect(query.read({ key: 'x' }).status).toBe('done');
  });

  it('reports what it fails with, keeps what was found, and tries again when it is resumed or asked for anew', async () => {
    const { query, run, runs } = setUp();
    const request = { key: 'x' };
    const leave = query.observe(request);
    run(0).send(add('a', 1));
    run(0).end(new Error('no'));
    await settle();
    expect(query.read(request)).toMatchObject({ status: 'failed', data: { a: 1 }, error: new Error('no') });
    expect(errors).toEqual([new Error('no')]);
    query.resume(request);
    run(1).end(new Error('again'));
    await settle();
    expect(query.read(request).status).toBe('failed');
    leave();
    await settle();
    query.observe(request);
    expect(runs).toHaveLength(3);
  });

  it('goes on without a part that fails', async () => {
    const { query, run, runs } = setUp();
    const request = { key: 'x', parts: ['a', 'b'] };
    query.observe(request);
    run(0).send({ failed: { part: 'a', error: new Error('a') } });
    run(0).send({ finished: ['b'] });
    run(0).end();
    await settle();
    expect(query.read(request)).toMatchObject({ status: 'done', failed: ['a'], finished: ['b'] });
    expect(errors).toEqual([new Error('a')]);
    query.resume(request);
    expect(runs).toHaveLength(2);
    expect(run(1).parts).toEqual(['a']);
  });

  it('says nothing of a failure that comes after it was stopped', async () => {
    const { query, run } = setUp();
    const leave = query.observe({ key: 'x' });
    await settle();
    leave();
    await settle();
    run(0).end(new Error('late'));
    await settle();
    expect(errors).toEqual([]);
  });

  it('waits until a request has stayed the same', async () => {
    const { query, runs } = setUp({ debounceMs: 250 });
    const leave = query.observe({ key: 'x' });
    await settle(249);
    leave();
    query.observe({ key: 'y' });
    await settle(249);
    expect(runs).toHaveLength(0);
    await settle(1);
    expect(runs.map(({ request }) => request.key)).toEqual(['y']);
  });

  it('runs one at a time where that is wanted: what is left before its turn never runs', async () => {
    const { query, run, runs } = setUp({ serial: true });
    const leave = query.observe({ key: 'x' });
    const second = query.observe({ key: 'y' });
    leave();
    second();
    query.observe({ key: 'z' });
    await settle();
    run(0).end();
    await settle();
    expect(runs.map(({ request }) => request.key)).toEqual(['x', 'z']);
  });

  it('begins with what other answers say', async () => {
    const { query, run, runs } = setUp({
      derive: ({ key }, find) => find((known) => known.key[0] === key[0]),
    });
    query.observe({ key: 'x1', parts: ['a', 'b'] });
    run(0).send({ ...add('a', 1), finished: ['a'] });
    await settle();
    query.observe({ key: 'x2', parts: ['a', 'b'] });
    expect(query.read({ key: 'x2' }).data).toEqual({ a: 1 });
    expect(run(1).parts).toEqual(['b']);
    expect(runs).toHaveLength(2);
  });

  it('keeps so many answers, and always those that are observed', async () => {
    const { query, run, runs } = setUp({ capacity: 2 });
    const leave = query.observe({ key: 'old' });
    query.observe({ key: 'seen' });
    for (const i of [0, 1]) run(i).send({ ...add('a', 7), finished: ['a'] });
    await settle();
    leave();
    await settle();
    for (const key of ['1', '2', '3']) query.read({ key });
    expect(query.read({ key: 'old' }).data).toEqual({});
    expect(query.read({ key: 'seen' }).data).toEqual({ a: 7 });
    expect(runs).toHaveLength(2);
  });

  it('is fetched as a promise', async () => {
    const { query, run, runs } = setUp({ reportsErrors: false });
    const found = query.fetch({ key: 'x' });
    run(0).send(add('a', 5));
    run(0).end();
    await settle();
    await expect(found).resolves.toEqual({ a: 5 });
    await expect(query.fetch({ key: 'x' })).resolves.toEqual({ a: 5 });
    const failing = query.fetch({ key: 'y' });
    const refused = expect(failing).rejects.toThrow('no');
    run(1).end(new Error('no'));
    await settle();
    await refused;
    const again = query.fetch({ key: 'y' });
    run(2).end();
    await settle();
    await expect(again).resolves.toEqual({});
    expect(runs).toHaveLength(3);
    expect(errors).toEqual([]);
  });
});
