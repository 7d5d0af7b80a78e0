export {
  CLASS_OPTIONS,
  type ClassBias,
  type ClassOptions,
  type ClassValue,
  classBias,
  classValues,
  confusionUnderNoise,
  meanOverImages,
  type PairedDifferences,
  pairedDifferences,
  probabilitiesAt,
} from './bias';
export { checkHeader, checkRow, orderedRows, shardSize } from './check';
export { commandFor } from './command';
export { fromDatasetCsv, toDatasetCsv } from './csv';
export { dataHash } from './data-hash';
export { canonicalJson, runId } from './identity';
export { imageSeed } from './image-seed';
export { doubtSentence, type LabelDoubt, labelDoubt, triedLabels } from './label-check';
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
  type RunSettings,
  type RunSubject,
  rowsOf,
  runHeader,
  whyNotFor,
} from './run';
export { type Selection, selectImages } from './selection';
export { differingSetting, mergeShards, type NamedTable, type Shard, shardOf } from './shards';
export {
  type DatasetHeader,
  type DatasetRow,
  type DatasetTable,
  headerSchema,
  rowSchema,
  toRowEstimate,
} from './table';
