export { assertPixelCount, ImageError, type ImageErrorCode, MAX_PIXELS } from './errors';
export { toNpy } from './npy';
export { type InputSpec, isPreparationName, type PreparationName, prepareImage } from './prepare';
export type { Box, ImageShape, PreparationSteps, PreparedImage, RgbaImage } from './types';
