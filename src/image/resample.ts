import type { Box, Plane } from './types';

/** The source samples that make one output sample: `weights[k]` belongs to source index `first + k`. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** How `from` samples in a row become `to`; the weights of each output sample sum to 1. */
export type Filter = (from: number, to: number) => readonly Taps[];

/** Scales a part of a plane to `width` x `height`, each axis by itself. Nothing outside the box is read. */
export function resample(
  source: Plane,
  box: Box,
  width: number,
  height: number,
  filter: Filter = averageArea,
): Plane {
  const columns = filter(box.width, width);
  const rows = filter(box.height, height);
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

/**
 * Area averaging where it shrinks (each source pixel counts by the share of it that is covered), linear interpolation
 * where it grows. No weight is negative, so the values stay within the source's range.
 */
const averageArea: Filter = (from, to) => {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) =>
    scale >= 1 ? areaTaps(i * scale, (i + 1) * scale, from) : linearTaps((i + 0.5) * scale - 0.5, from),
  );
};

/** Lobes of the Lanczos kernel on either side. */
const LOBES = 3;

/**
 * Lanczos interpolation with three lobes, sinc(t) sinc(t/3), over the distance between source samples where it grows
 * and between output samples where it shrinks, so that nothing aliases. It keeps edges sharper than averaging, and
 * overshoots a little beside them. Source: C. Duchon, Lanczos filtering in one and two dimensions, 1979.
 */
export const lanczos: Filter = (from, to) => {
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale - 0.5;
    const first = Math.max(Math.ceil(centre - LOBES * stretch), 0);
    const last = Math.min(Math.floor(centre + LOBES * stretch), from - 1);
    const raw = Array.from({ length: last - first + 1 }, (_, k) =>
      lanczosKernel((first + k - centre) / stretch),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
};

function lanczosKernel(t: number): number {
  return Math.abs(t) < LOBES ? sinc(t) * sinc(t / LOBES) : 0;
}

function sinc(t: number): number {
  return t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
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
