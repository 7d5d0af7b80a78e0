export {
  CLASS_OPTIONS,
  type ClassBias,
  type ClassValue,
  classBias,
  classValues,
  confusionUnderNoise,
  meanOverImages,
  type PairedDifferences,
  pairedDifferences,
  probabilitiesAt,
} from './bias';
export { checkHeader, checkRow, orderedRows } from './check';
export { commandFor } from './command';
export { fromDatasetCsv, toDatasetCsv } from './csv';
export { dataHash } from './data-hash';
export { runId } from './identity';
export { imageSeed } from './image-seed';
export { doubtSentence, labelDoubt, triedLabels } from './label-check';
export {
  fromDatasetParquet,
  type ParquetContent,
  type ParquetReader,
  readParquet,
  toDatasetParquet,
} from './parquet';
export {
  assertRowsOf,
  datasetRows,
  type ImageFinding,
  type ImageJob,
  missingImages,
  rowsOf,
  runHeader,
  whyNotFor,
} from './run';
export { type Selection, selectImages } from './selection';
export { differingSetting, mergeShards, type Shard, shardOf } from './shards';
export type {
  DatasetHeader,
  DatasetRow,
  DatasetTable,
} from './table';
