import type { Box, Plane, RgbaImage } from './types';

/** Rec. 709 luma weights, applied to the stored (gamma-encoded) values, as a screen's grey would look. */
const RED = 0.2126 / 255;
const GREEN = 0.7152 / 255;
const BLUE = 0.0722 / 255;

/** The grey under transparent parts. */
export type Ground = 0 | 1;

/**
 * White, as under any drawing on paper, unless what is visible is light itself: a white digit on a
 * transparent ground must stay visible.
 */
export function chooseGround({ data }: RgbaImage): Ground {
  let opacity = 0;
  let light = 0;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    if (alpha === 0) continue;
    opacity += alpha;
    light += alpha * lumaAt(data, i);
  }
  return light > opacity / 2 ? 0 : 1;
}

/**
 * The grey values of a part of the picture, in [0, 1], each the mean of `step` x `step` pixels (fewer at
 * the right and bottom edge). Only the small result is allocated.
 */
export function readGrey(image: RgbaImage, box: Box, step: number, ground: Ground): Plane {
  const width = Math.ceil(box.width / step);
  const height = Math.ceil(box.height / step);
  const data = new Float32Array(width * height);
  const row = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const top = y * step;
    const rows = Math.min(step, box.height - top);
    row.fill(0);
    for (let dy = 0; dy < rows; dy++) addRow(row, image, box, box.y + top + dy, step, ground);
    for (let x = 0; x < width; x++) {
      const columns = Math.min(step, box.width - x * step);
      data[y * width + x] = (row[x] as number) / (rows * columns);
    }
  }
  return { width, height, data };
}

function addRow(sums: Float64Array, image: RgbaImage, box: Box, y: number, step: number, ground: Ground) {
  const { data } = image;
  let i = 4 * (y * image.width + box.x);
  for (let x = 0; x < sums.length; x++) {
    const end = i + 4 * Math.min(step, box.width - x * step);
    let sum = 0;
    for (; i < end; i += 4) {
      const opacity = (data[i + 3] as number) / 255;
      sum += opacity * lumaAt(data, i) + (1 - opacity) * ground;
    }
    sums[x] = (sums[x] as number) + sum;
  }
}

function lumaAt(data: Uint8ClampedArray, i: number): number {
  return RED * (data[i] as number) + GREEN * (data[i + 1] as number) + BLUE * (data[i + 2] as number);
}
