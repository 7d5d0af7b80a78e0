export { gunzipped } from './archive';
export { picturesByFolder } from './class-folders';
export { DATASETS, type Dataset, findDataset, type NamedBytes, type Split } from './datasets';
export { readDropped } from './dropped';
export { DataError, type DataErrorCode } from './errors';
export { joinImages, type LabelledImages, toInputs, valuesOf } from './labelled-images';
export { labelBytes, labelsFromBytes, labelWidth } from './labels';
export { type LeftOut, leftOutNote, namedPaths } from './left-out';
export {
  chunkBytes,
  NO_DATA,
  type PackedIndex,
  type PackedSet,
  packedIndexSchema,
  packedSetSchema,
} from './packed';
export { chunkPath, isPackedPath, labelsPath, PACKED_INDEX } from './packed-paths';
export { type DataPurpose, preparedPictures } from './prepare-pictures';
export { readPacked } from './read-packed';
