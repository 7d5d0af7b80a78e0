import DatasetWorker from '../../workers/dataset.worker?worker';
import type { DatasetApi } from '../../workers/dataset-protocol';
import { SupervisedWorker } from '../session/supervised';
import { strings } from '../strings';

/** The worker that reads data sets, started with the view. */
const worker = new SupervisedWorker<DatasetApi>({
  start: () => new DatasetWorker({ name: 'data set' }),
  // Files that took too long will again.
  attempts: (method) => (method === 'load' ? 1 : 2),
  lost: () => new Error(strings.workers.dataLost),
});

worker.start();

export const datasetWorker = worker.api;
