import { describe, expect, it, vi } from 'vitest';
import { EventQueue } from '../../../../src/app/engine/event-queue';

async function all<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const found: Event[] = [];
  for await (const event of events) found.push(event);
  return found;
}

describe('a queue of events', () => {
  it('hands out in order what came before anyone asked, and what comes while somebody waits', async () => {
    const queue = new EventQueue<number | undefined>();
    queue.push(1);
    queue.push(undefined);
    const iterator = queue[Symbol.asyncIterator]();
    const results = [iterator.next(), iterator.next(), iterator.next(), iterator.next(), iterator.next()];
    queue.push(3);
    queue.push(4);
    queue.end();
    queue.push(5);
    expect(await Promise.all(results)).toEqual([
      { done: false, value: 1 },
      { done: false, value: undefined },
      { done: false, value: 3 },
      { done: false, value: 4 },
      { done: true, value: undefined },
    ]);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('loses nothing while its reader is busy', async () => {
    const queue = new EventQueue<number>();
    queue.push(0);
    const found: number[] = [];
    for await (const event of queue) {
      found.push(event);
      if (event === 0) for (let i = 1; i <= 100; i++) queue.push(i);
      if (event === 100) queue.end();
      await Promise.resolve();
    }
    expect(found).toEqual(Array.from({ length: 101 }, (_, i) => i));
  });

  it.each([
    ['after the events that wait', true],
    ['to a reader that waits', false],
  ])('throws an error once, %s', async (_, isEarly) => {
    const error = { code: 'internal', message: 'no' };
    const queue = new EventQueue<number>();
    const fail = (): void => {
      queue.push(1);
      queue.fail(error);
      queue.fail(new Error('a second one'));
      queue.push(2);
    };
    if (isEarly) fail();
    const iterator = queue[Symbol.asyncIterator]();
    const first = iterator.next();
    const second = iterator.next().catch((thrown: unknown) => thrown);
    const third = iterator.next();
    if (!isEarly) fail();
    expect(await first).toEqual({ done: false, value: 1 });
    expect(await second).toBe(error);
    expect(await third).toEqual({ done: true, value: undefined });
  });

  it('ends without an error and drops what waits once it is cancelled', async () => {
    const onCancel = vi.fn();
    const queue = new EventQueue<number>(onCancel);
    queue.push(1);
    queue.cancel();
    queue.cancel();
    queue.push(2);
    queue.fail(new Error('late'));
    expect(await all(queue)).toEqual([]);
    expect(onCancel).toHaveBeenCalledTimes(1);
  });

  it('lets a waiting reader go at once where it is cancelled', async () => {
    const queue = new EventQueue<number>();
    const found = all(queue);
    queue.cancel();
    expect(await found).toEqual([]);
  });

  it('drops what waits, a failure too, where it is cancelled after its end, which tells nobody', async () => {
    const onCancel = vi.fn();
    const queue = new EventQueue<number>(onCancel);
    queue.push(1);
    queue.fail(new Error('no'));
    queue.cancel();
    expect(await all(queue)).toEqual([]);
    expect(onCancel).not.toHaveBeenCalled();
  });

  it('is cancelled by whoever leaves the loop', async () => {
    const onCancel = vi.fn();
    const queue = new EventQueue<number>(onCancel);
    queue.push(1);
    for await (const event of queue) if (event === 1) break;
    expect(onCancel).toHaveBeenCalledTimes(1);
    queue.push(2);
    expect(await all(queue)).toEqual([]);
  });

  it('is not cancelled by a loop that comes to its end', async () => {
    const onCancel = vi.fn();
    const queue = new EventQueue<number>(onCancel);
    queue.push(1);
    queue.end();
    expect(await all(queue)).toEqual([1]);
    expect(onCancel).not.toHaveBeenCalled();
  });
});
