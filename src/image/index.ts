export { cropBox, cropShares, largestCrop, SMALLEST_CROP, tidyCrop, zoomCrop } from './crop';
export { assertPixelCount, ImageError, type ImageErrorCode, MAX_PIXELS } from './errors';
export { featuresFor } from './features';
export { assertNpyLength, fromNpy, isNpy, npyHeader, toNpy } from './npy';
export { exifOrientation, turned } from './orientation';
export { PICTURE_FORMATS, type PictureFormat, pictureFormat } from './picture-format';
export { type InputSpec, isPreparationName, type PreparationName, prepareImage, takesCrop } from './prepare';
export type { Crop, ImageShape, PreparedImage, RgbaImage } from './types';
export { whyUndecodable } from './undecodable';
