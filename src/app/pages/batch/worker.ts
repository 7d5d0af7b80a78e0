import DatasetWorker from '../../../workers/dataset.worker?worker';
import type { DatasetApi } from '../../../workers/dataset-protocol';
import { SupervisedWorker } from '../../engine/supervised';
import { strings } from '../../strings';

/** The worker for what takes long of a run, started with the view. */
const worker = new SupervisedWorker<DatasetApi>({
  start: () => new DatasetWorker({ name: 'data set' }),
  attempts: () => 2,
  lost: () => new Error(strings.workers.dataLost),
});

worker.start();

export const datasetWorker = worker.api;
