import { proxy } from 'comlink';
import DataReader from '../../../workers/data-reader.worker?worker';
import type { DataReaderApi, LoadResult } from '../../../workers/dataset-protocol';
import { SupervisedWorker } from '../../engine/supervised';
import { strings } from '../../strings';

type Load = Parameters<DataReaderApi['load']>;

/**
 * Reads a data set in a worker of its own, whose memory goes with it.
 * @returns null once `signal` is aborted, which ends the worker in the midst of whatever it does. Rejects if the worker
 * ends or hangs.
 */
export async function readData(
  source: Load[0],
  purpose: Load[1],
  onProgress: NonNullable<Load[2]>,
  signal: AbortSignal,
): Promise<LoadResult | null> {
  if (signal.aborted) return null;
  const worker = new SupervisedWorker<DataReaderApi>({
    start: () => new DataReader({ name: 'data reader' }),
    // Files that took too long will again.
    attempts: () => 1,
    lost: () => new Error(strings.workers.dataLost),
  });
  const end = (): void => worker.end(new Error(strings.workers.cancelled));
  signal.addEventListener('abort', end, { once: true });
  try {
    return await worker.api.load(source, purpose, proxy(onProgress));
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
