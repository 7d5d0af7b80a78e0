import { type Remote, wrap } from 'comlink';
import DatasetWorker from '../../workers/dataset.worker?worker';
import type { DatasetApi } from '../../workers/dataset-protocol';

/** The worker that reads data sets, started with the view. */
export const datasetWorker: Remote<DatasetApi> = wrap<DatasetApi>(new DatasetWorker({ name: 'data set' }));
