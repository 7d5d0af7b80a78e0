import type { ImageShape } from './types';

/** What can be measured on an image: x in [0, 1], HWC with one channel or three (RGB). */
export interface ImageFeature {
  readonly id: string;
  readonly name: string;
  readonly measure: (x: Float32Array, shape: ImageShape) => number;
}

/** ITU-R BT.601 luma */
const LUMA = [0.299, 0.587, 0.114] as const;
/** Cycles a pixel from which a detail counts as fine: half of the highest frequency along an axis. */
const FINE = 0.25;

function at(x: Float32Array, i: number): number {
  return x[i] as number;
}

/** One value a pixel: the only channel, or the luma of three. */
function luminance(x: Float32Array, [height, width, channels]: ImageShape): Float32Array {
  if (channels === 1) return x;
  if (channels !== 3) throw new RangeError(`an image has one channel or three, not ${channels}`);
  return Float32Array.from({ length: height * width }, (_, i) =>
    LUMA.reduce((sum, weight, c) => sum + weight * at(x, 3 * i + c), 0),
  );
}

function average(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: Float32Array): number {
  const centre = average(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
}

/** Sum over the pixels that have neighbours right and below of a function of the two differences. */
function overGradients(
  plane: Float32Array,
  [height, width]: ImageShape,
  of: (dx: number, dy: number) => number,
) {
  let sum = 0;
  for (let row = 0; row + 1 < height; row++) {
    for (let column = 0; column + 1 < width; column++) {
      const i = row * width + column;
      sum += of(at(plane, i + 1) - at(plane, i), at(plane, i + width) - at(plane, i));
    }
  }
  return sum;
}

/** Root mean square of the difference between neighbours. */
function edges(x: Float32Array, shape: ImageShape): number {
  const [height, width] = shape;
  const sum = overGradients(luminance(x, shape), shape, (dx, dy) => dx * dx + dy * dy);
  return Math.sqrt(sum / ((height - 1) * (width - 1)));
}

/** cos and sin of -2 pi k/n for k in [0, n). */
function twiddles(n: number): { cos: Float64Array; sin: Float64Array } {
  const angles = Float64Array.from({ length: n }, (_, k) => (-2 * Math.PI * k) / n);
  return { cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
}

/** Energies |F|^2 of the plane less its mean, by a discrete Fourier transform along rows, then columns. */
function spectrum(plane: Float32Array, [height, width]: ImageShape): Float64Array {
  const centre = average(plane);
  const [along, across] = [twiddles(width), twiddles(height)];
  const rows = { re: new Float64Array(height * width), im: new Float64Array(height * width) };
  for (let r = 0; r < height; r++) {
    for (let u = 0; u < width; u++) {
      let [re, im] = [0, 0];
      for (let c = 0; c < width; c++) {
        const k = (u * c) % width;
        const value = at(plane, r * width + c) - centre;
        re += value * (along.cos[k] as number);
        im += value * (along.sin[k] as number);
      }
      rows.re[r * width + u] = re;
      rows.im[r * width + u] = im;
    }
  }
  const energy = new Float64Array(height * width);
  for (let u = 0; u < width; u++) {
    for (let v = 0; v < height; v++) {
      let [re, im] = [0, 0];
      for (let r = 0; r < height; r++) {
        const k = (v * r) % height;
        const [cos, sin] = [across.cos[k] as number, across.sin[k] as number];
        const [a, b] = [rows.re[r * width + u] as number, rows.im[r * width + u] as number];
        re += a * cos - b * sin;
        im += a * sin + b * cos;
      }
      energy[v * width + u] = re * re + im * im;
    }
  }
  return energy;
}

/** Share of the variance in frequencies of a quarter cycle a pixel and more; 0 for an even image. */
function fineDetail(x: Float32Array, shape: ImageShape): number {
  const [height, width] = shape;
  const energy = spectrum(luminance(x, shape), shape);
  let [fine, all] = [0, 0];
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const frequency = Math.hypot(Math.min(u, width - u) / width, Math.min(v, height - v) / height);
      const part = energy[v * width + u] as number;
      all += part;
      if (frequency >= FINE) fine += part;
    }
  }
  return all === 0 ? 0 : fine / all;
}

/** Source: Hasler and Süsstrunk, Measuring colourfulness in natural images, SPIE 5007 (2003), on values in [0, 1]. */
function colourfulness(x: Float32Array): number {
  const pixels = x.length / 3;
  const redGreen = new Float32Array(pixels);
  const yellowBlue = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const [r, g, b] = [at(x, 3 * i), at(x, 3 * i + 1), at(x, 3 * i + 2)];
    redGreen[i] = r - g;
    yellowBlue[i] = (r + g) / 2 - b;
  }
  const spread = Math.hypot(deviation(redGreen), deviation(yellowBlue));
  return spread + 0.3 * Math.hypot(average(redGreen), average(yellowBlue));
}

/**
 * Width of light strokes on black, in pixels: twice their area over their outline, which is the total variation. A
 * stroke of width w and length l gives w l/(l + w). 0 for an empty image.
 */
function strokeWidth(x: Float32Array, shape: ImageShape): number {
  const outline = overGradients(x, shape, Math.hypot);
  return outline === 0 ? 0 : (2 * x.reduce((sum, value) => sum + value, 0)) / outline;
}

const SHARED: readonly ImageFeature[] = [
  { id: 'contrast', name: 'contrast', measure: (x, shape) => deviation(luminance(x, shape)) },
  { id: 'edges', name: 'edge energy', measure: edges },
  { id: 'fine_detail', name: 'fine detail', measure: fineDetail },
];

const GREY: readonly ImageFeature[] = [
  { id: 'ink', name: 'ink', measure: average },
  ...SHARED,
  { id: 'stroke_width', name: 'stroke width', measure: strokeWidth },
];

const COLOUR: readonly ImageFeature[] = [
  { id: 'brightness', name: 'brightness', measure: (x, shape) => average(luminance(x, shape)) },
  ...SHARED,
  { id: 'colourfulness', name: 'colourfulness', measure: colourfulness },
];

/** What is measured on images of this shape; one channel is taken for light ink on black. */
export function featuresFor([, , channels]: ImageShape): readonly ImageFeature[] {
  return channels === 1 ? GREY : COLOUR;
}
