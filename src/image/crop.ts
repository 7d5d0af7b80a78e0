import type { Box, Crop } from './types';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Below this part of the largest box a person can no longer tell what a crop holds. */
export const SMALLEST_CROP = 0.02;

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The largest box of an aspect (width by height) that fits, in fractions of pixels. */
function largestBox({ width, height }: Size, aspect: number): Size {
  return width / height > aspect ? { width: height * aspect, height } : { width, height: width / aspect };
}

/** The largest crop of an aspect, in the middle. */
export function largestCrop(picture: Size, aspect = 1): Crop {
  const box = largestBox(picture, aspect);
  return { x: (1 - box.width / picture.width) / 2, y: (1 - box.height / picture.height) / 2, size: 1 };
}

/**
 * A crop in the picture's whole pixels, at least one pixel large and moved inside the picture where it juts out.
 * @param aspect width by height, that of the model's input.
 */
export function cropBox(picture: Size, crop: Crop, aspect = 1): Box {
  const largest = largestBox(picture, aspect);
  const width = clamp(Math.round(crop.size * largest.width), 1, picture.width);
  const height = clamp(Math.round(crop.size * largest.height), 1, picture.height);
  return {
    x: clamp(Math.round(crop.x * picture.width), 0, picture.width - width),
    y: clamp(Math.round(crop.y * picture.height), 0, picture.height - height),
    width,
    height,
  };
}

/** The crop's box in parts of the picture's width and height. */
export function cropShares(picture: Size, crop: Crop, aspect = 1): Box {
  const largest = largestBox(picture, aspect);
  const width = crop.size * (largest.width / picture.width);
  const height = crop.size * (largest.height / picture.height);
  return { x: clamp(crop.x, 0, 1 - width), y: clamp(crop.y, 0, 1 - height), width, height };
}

/** Digits that a crop keeps: a link of it stays short, and gives the same pixels wherever it is read. */
const DIGITS = 4;

/** A crop with its numbers rounded to DIGITS and in their ranges, inside the picture. */
export function tidyCrop(picture: Size, crop: Crop, aspect = 1): Crop {
  const round = (value: number): number => Number(value.toFixed(DIGITS));
  const size = clamp(round(crop.size), 10 ** -DIGITS, 1);
  const { x, y } = cropShares(picture, { ...crop, size }, aspect);
  return { x: round(x), y: round(y), size };
}

/** The crop made larger or smaller about its centre. */
export function zoomCrop(picture: Size, crop: Crop, factor: number, aspect = 1): Crop {
  const before = cropShares(picture, crop, aspect);
  const size = clamp(crop.size * factor, SMALLEST_CROP, 1);
  const after = cropShares(picture, { ...crop, size }, aspect);
  return {
    x: before.x + (before.width - after.width) / 2,
    y: before.y + (before.height - after.height) / 2,
    size,
  };
}
