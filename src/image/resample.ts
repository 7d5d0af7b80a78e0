import type { Box, Plane } from './types';

/** The source samples that make one output sample: `weights[k]` belongs to source index `first + k`. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Scales a part of a plane to `width` x `height`, each axis by itself: area averaging where it shrinks
 * (each source pixel counts by the share of it that is covered), linear interpolation where it grows.
 * Weights sum to 1, so the values stay within the source's range.
 */
export function resample(source: Plane, box: Box, width: number, height: number): Plane {
  const columns = tapsFor(box.width, width);
  const rows = tapsFor(box.height, height);
  const wide = new Float32Array(width * box.height);
  for (let y = 0; y < box.height; y++) {
    const offset = (box.y + y) * source.width + box.x;
    columns.forEach((taps, x) => {
      wide[y * width + x] = weighted(source.data, offset, 1, taps);
    });
  }
  const data = new Float32Array(width * height);
  rows.forEach((taps, y) => {
    for (let x = 0; x < width; x++) data[y * width + x] = weighted(wide, x, width, taps);
  });
  return { width, height, data };
}

function weighted(data: Float32Array, offset: number, stride: number, { first, weights }: Taps): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) {
    sum += (weights[k] as number) * (data[offset + (first + k) * stride] as number);
  }
  return sum;
}

function tapsFor(from: number, to: number): Taps[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) =>
    scale >= 1 ? areaTaps(i * scale, (i + 1) * scale, from) : linearTaps((i + 0.5) * scale - 0.5, from),
  );
}

function areaTaps(start: number, end: number, length: number): Taps {
  const first = Math.floor(start);
  const last = Math.min(Math.ceil(end), length);
  const weights: number[] = [];
  for (let i = first; i < last; i++) {
    weights.push((Math.min(i + 1, end) - Math.max(i, start)) / (end - start));
  }
  return { first, weights };
}

function linearTaps(centre: number, length: number): Taps {
  const position = Math.min(Math.max(centre, 0), length - 1);
  const first = Math.floor(position);
  const share = position - first;
  return share > 0 ? { first, weights: [1 - share, share] } : { first, weights: [1] };
}
