import { describe, expect, it } from 'vitest';
import { Recovery } from '../../../src/workers/engine/recovery';
import { ResumableJob } from '../../../src/workers/engine/resumable';
import type { JobEvent, SweepJob } from '../../../src/workers/protocol/sweep';

const TROUBLE = { message: 'unplugged', again: true };
const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** Work of several steps, which stops at the step after its signal aborts. */
async function steps(signal: AbortSignal, log: number[], count = 5): Promise<string> {
  for (let step = 0; step < count; step++) {
    if (signal.aborted) return 'stopped';
    log.push(step);
    await turns(2);
  }
  return 'done';
}

describe('recovery from a lost device', () => {
  it('starts work again once what ran has stopped and all is restored', async () => {
    const log: number[] = [];
    let stopped = false;
    const recovery = new Recovery(async (trouble) => {
      expect(trouble).toBe(TROUBLE);
      expect(stopped).toBe(true);
      log.push(-1);
    });
    const result = recovery.run(async (signal) => {
      const found = await steps(signal, log);
      stopped = true;
      return found;
    });
    await turns(5);
    recovery.lose(TROUBLE);
    recovery.lose(TROUBLE);
    expect(await result).toBe('done');
    const restored = log.indexOf(-1);
    expect(restored).toBeGreaterThan(0);
    expect(restored).toBeLessThan(5);
    expect(log.slice(restored + 1)).toEqual([0, 1, 2, 3, 4]);
  });

  it('takes failures meanwhile for the loss, and others for what they are', async () => {
    const recovery = new Recovery(async () => {});
    let attempts = 0;
    const result = recovery.finish(async () => {
      attempts++;
      await turns(2);
      if (attempts === 1) throw new Error('mapping failed');
      return attempts;
    });
    recovery.lose(TROUBLE);
    expect(await result).toBe(2);
    await expect(recovery.finish(() => Promise.reject(new Error('of its own')))).rejects.toThrow(
      'of its own',
    );
  });

  it('leaves what was cancelled meanwhile, and tells whoever comes if nothing could be restored', async () => {
    const recovery = new Recovery(async () => {
      throw new Error('no backend is left');
    });
    const controller = new AbortController();
    const log: number[] = [];
    const cancelled = recovery.run((signal) => steps(signal, log), controller.signal);
    await turns(3);
    controller.abort();
    recovery.lose(TROUBLE);
    expect(await cancelled).toBeUndefined();
    expect(log.length).toBeLessThan(5);
    await expect(recovery.finish(async () => 1)).rejects.toThrow('no backend is left');
  });
});

describe('a job that starts again', () => {
  const job = { id: 1, estimators: ['taylor', 'mc'] } as unknown as SweepJob;

  it('asks only for what is not through, and its progress does not fall', () => {
    const sent: JobEvent[] = [];
    const resumable = new ResumableJob(job, (event) => sent.push(event));
    expect(resumable.rest()).toEqual(job);
    const progress = (fraction: number) =>
      ({ type: 'progress', jobId: 1, fraction, secondsLeft: null }) as const;
    resumable.emit(progress(0.6));
    resumable.emit({ type: 'partial', jobId: 1, updates: [], finished: ['taylor'] });
    expect(resumable.rest()?.estimators).toEqual(['mc']);
    resumable.emit(progress(0.1));
    resumable.emit(progress(0.7));
    resumable.emit({
      type: 'partial',
      jobId: 1,
      updates: [],
      failed: { estimatorId: 'mc', error: { code: 'internal', message: 'no' } },
    });
    expect(resumable.rest()).toBeNull();
    expect(sent.flatMap((event) => (event.type === 'progress' ? [event.fraction] : []))).toEqual([
      0.6, 0.6, 0.7,
    ]);
    expect(sent).toHaveLength(5);
  });
});
