export { assertPixelCount, ImageError, type ImageErrorCode, MAX_PIXELS } from './errors';
export { fromNpy, isNpy, type NpyArray, toNpy } from './npy';
export { type InputSpec, isPreparationName, type PreparationName, prepareImage } from './prepare';
export type { Box, ImageShape, PreparationSteps, PreparedImage, RgbaImage } from './types';
