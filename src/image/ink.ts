import { estimatePaper } from './paper';
import { quantile } from './statistics';
import type { Plane } from './types';

/** Which side of the paper's grey the ink lies on: +1 lighter, -1 darker. */
export type Polarity = 1 | -1;

export interface Ink {
  /** How much ink each pixel has, in [0, 1]; 0 on paper, 1 in the core of a stroke. */
  readonly plane: Plane;
  readonly polarity: Polarity;
}

/** A contrast below this, in grey levels from 0 to 1, is no ink: about what JPEG makes of a blank sheet. */
const MIN_CONTRAST = 0.05;
/** Nor is a contrast below this many deviations of the paper's grain: noise alone reaches 5 in a megapixel. */
const MIN_DEVIATIONS = 6;
/** What lies within this many deviations of the paper's grain is paper ... */
const GRAIN_DEVIATIONS = 4;
/** ... and so is anything fainter than this part of the ink, which takes uneven light and shadows ... */
const MIN_FLOOR = 0.1;
/** ... but never more than this part of it. */
const MAX_FLOOR = 0.5;
/** The quantile of the inked pixels that counts as full ink: a stroke's core without single bright dots. */
const FULL_INK_QUANTILE = 0.5;

/**
 * Separates ink from paper. Undefined if there is none. Without a given polarity, ink is on that side of the
 * paper that holds more energy: a light paper is seldom darker than mid-grey, but a dim photo's is.
 */
export function separateInk(grey: Plane, given?: Polarity): Ink | undefined {
  const { width, height } = grey;
  const paper = estimatePaper(grey);
  const data = new Float32Array(grey.data.length);
  let [lighter, darker] = [0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const difference = (grey.data[i] as number) - paper.level(x, y);
      data[i] = difference;
      if (difference > 0) lighter += difference ** 2;
      else darker += difference ** 2;
    }
  }
  const polarity = given ?? (lighter > darker ? 1 : -1);
  if (polarity < 0) for (let i = 0; i < data.length; i++) data[i] = -(data[i] as number);

  const full = fullInk(data, FULL_INK_QUANTILE);
  if (full < Math.max(MIN_CONTRAST, MIN_DEVIATIONS * paper.grain)) return undefined;
  const floor = Math.min(Math.max(GRAIN_DEVIATIONS * paper.grain, MIN_FLOOR * full), MAX_FLOOR * full);
  for (let i = 0; i < data.length; i++) {
    data[i] = Math.min(Math.max(((data[i] as number) - floor) / (full - floor), 0), 1);
  }
  return { plane: { width, height, data }, polarity };
}

/** The level of a stroke's core: a quantile of the values above half the maximum. 0 if none is positive. */
export function fullInk(data: Float32Array, q: number): number {
  const maximum = data.reduce((most, value) => Math.max(most, value), 0);
  if (maximum === 0) return 0;
  const inked = data.filter((value) => value >= maximum / 2);
  return quantile(inked, q);
}
