import type { Box, Crop } from './types';

interface Size {
  readonly width: number;
  readonly height: number;
}

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
