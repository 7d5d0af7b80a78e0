import type { InputChange } from './input-changes';

/** What networks are commonly trained with, for black and for white. */
export const RANGES = { unit: [0, 1], signed: [-1, 1], bytes: [0, 255] } as const;
export type RangeName = keyof typeof RANGES;

/** A range that follows from what the first layers do to values. */
interface RangeGuess {
  readonly name: RangeName;
  /** No other range fits what the layers do. */
  readonly isSure: boolean;
}

/** Shares of a width by which what a layer gives may miss the usual ends: 1/127 and 1/256 stand for 1/127.5 and 1/255. */
const TOLERANCE = 0.02;
/** The same in values, so that 1 - x is not taken for -x of a byte. */
const MOST_SLACK = 0.1;
/** Intervals, and their mirror images, into which first layers bring pictures. */
const USUAL = [
  [0, 1],
  [-1, 0],
  [-1, 1],
  [0, 255],
  [-255, 0],
] as const;
/** Where the mean of pictures lies in a range, and how wide their deviation is there; of a kind of pictures, roughly. */
const STATISTICS: Readonly<
  Record<RangeName, { mean: readonly [number, number]; std: readonly [number, number] }>
> = {
  unit: { mean: [0.05, 0.9], std: [0.1, 0.42] },
  signed: { mean: [-0.9, 0.4], std: [0.34, 0.85] },
  bytes: { mean: [12, 230], std: [25, 107] },
};

/**
 * The value range that makes what the first layers do to it sensible: they bring it to a usual interval, or take a mean
 * away that pictures may have there and divide by a deviation that they may have, or by nothing.
 */
export function rangeFrom(changes: readonly InputChange[]): RangeGuess {
  const names = Object.keys(RANGES) as RangeName[];
  const known = changes.filter((change) => change !== 'unknown');
  const fitting = names.filter((name) => known.every((change) => fits(name, change)));
  const [only, other] = fitting;
  if (known.length === changes.length && only !== undefined && other === undefined) {
    return { name: only, isSure: true };
  }
  const candidates = fitting.length > 0 ? fitting : names;
  const misses = candidates.map((name) => known.reduce((sum, change) => sum + miss(name, change), 0));
  const least = Math.min(...misses);
  return { name: candidates[misses.indexOf(least)] ?? 'unit', isSure: false };
}

type Known = Exclude<InputChange, 'unknown'>;

function channelsOf({ scale, offset }: Known): [scale: number, offset: number][] {
  const count = Math.max(scale.length, offset.length);
  return Array.from({ length: count }, (_, i) => [
    scale[i % scale.length] as number,
    offset[i % offset.length] as number,
  ]);
}

function ends(name: RangeName, scale: number, offset: number): [number, number] {
  const [black, white] = RANGES[name];
  const [one, other] = [black * scale + offset, white * scale + offset];
  return scale < 0 ? [other, one] : [one, other];
}

const within = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high;

function fits(name: RangeName, change: Known): boolean {
  return channelsOf(change).every(([scale, offset]) => {
    const [low, high] = ends(name, scale, offset);
    const slack = Math.min(MOST_SLACK, TOLERANCE * (high - low));
    const isUsual = USUAL.some(([from, to]) => Math.abs(low - from) <= slack && Math.abs(high - to) <= slack);
    if (isUsual) return true;
    // What becomes 0 is the mean.
    const { mean, std } = STATISTICS[name];
    if (offset === 0 || !within(-offset / scale, mean)) return false;
    const widths = name === 'signed' ? [2] : [1, 255];
    return within(1 / Math.abs(scale), std) || widths.some((width) => Math.abs(high - low - width) <= slack);
  });
}

/** How far the largest value that comes out is from 1, in orders of magnitude. */
function miss(name: RangeName, change: Known): number {
  const largest = Math.max(
    ...channelsOf(change).flatMap(([scale, offset]) => ends(name, scale, offset).map(Math.abs)),
  );
  return Math.abs(Math.log10(largest));
}
