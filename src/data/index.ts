export { DATASETS, type Dataset, findDataset, type NamedBytes, type Split } from './datasets';
export { DataError, type DataErrorCode } from './errors';
export { joinImages, type LabelledImages, toInputs, valuesOf } from './labelled-images';
export {
  chunkBytes,
  chunkPath,
  isPackedPath,
  labelsPath,
  NO_DATA,
  PACKED_INDEX,
  type PackedIndex,
  type PackedSet,
  packedIndexSchema,
} from './packed';
