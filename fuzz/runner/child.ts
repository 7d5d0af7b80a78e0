import { READERS } from '../readers';
import { attempt } from './attempt';
import type { Cost, Message, Task } from './protocol';
import { readerOf } from './schedule';

/** The process that reads hostile inputs: it may hang, grow or end, and its parent looks after that. */

const send = (message: Message): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });

const KILOBYTE = 1024;
const largest = (): number => process.resourceUsage().maxRSS * KILOBYTE;

/** Runs something and says what it cost. */
async function measured<T>(work: () => Promise<T>): Promise<{ readonly value: T } & Cost> {
  const before = { cpu: process.cpuUsage(), rss: process.memoryUsage.rss(), largest: largest() };
  const value = await work();
  const { user, system } = process.cpuUsage(before.cpu);
  const after = largest();
  // Where no new peak was reached, the run stayed below an old one, which was judged in its time.
  const bytes = after > before.largest ? after - before.rss : 0;
  return { value, ms: (user + system) / 1000, bytes };
}

async function work({ seed, runs }: Task): Promise<void> {
  for (const run of runs) {
    await send({ type: 'begun', run });
    const { value, ms, bytes } = await measured(() => attempt(readerOf(READERS, run), seed, run));
    await send({ type: 'done', result: { ...value, ms, bytes } });
  }
  await send({ type: 'ready' });
}

process.on('message', (task: Task) => {
  void work(task);
});
await send({ type: 'ready' });
