import type { Reader } from '../reader';
import { attempt } from './attempt';
import type { Cost, Message, Task } from './protocol';
import { readerOf } from './schedule';

/** The process that reads hostile inputs: it may hang, grow or end, and its parent looks after that. */

const { READERS } = (await import(process.argv[2] as string)) as { READERS: readonly Reader[] };

const send = (message: Message): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });

const KILOBYTE = 1024;
const largest = (): number => process.resourceUsage().maxRSS * KILOBYTE;

interface Mark {
  readonly cpu: NodeJS.CpuUsage;
  readonly rss: number;
  readonly largest: number;
}

const mark = (): Mark => ({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss(), largest: largest() });

/** What was spent since a mark. */
function costSince(before: Mark): Cost {
  const { user, system } = process.cpuUsage(before.cpu);
  const after = largest();
  // Where no new peak was reached, the run stayed below an old one, which was judged in its time.
  return { ms: (user + system) / 1000, bytes: after > before.largest ? after - before.rss : 0 };
}

async function work({ seed, runs }: Task): Promise<void> {
  for (const run of runs) {
    await send({ type: 'begun', run });
    let before = mark();
    const verdict = await attempt(readerOf(READERS, run), seed, run, async (kind) => {
      await send({ type: 'made', run, kind });
      before = mark();
    });
    await send({ type: 'done', result: { ...verdict, ...costSince(before) } });
  }
  await send({ type: 'ready' });
}

process.on('message', (task: Task) => {
  void work(task);
});
await send({ type: 'ready' });
