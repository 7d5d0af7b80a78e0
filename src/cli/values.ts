import { ClassNames } from '../data/class-names';
import type { Selection, Shard } from '../dataset';
import { DEFAULT_STOP, type StopRule } from '../estimators/estimate';
import { logSpaced } from '../estimators/radii';
import { ESTIMATORS, findEstimator } from '../estimators/registry';
import type { Crop } from '../image';
import { usageError } from './errors';

/** Reads the values of options. Each throws a CliError (usage) that names the option and what it takes. */

/** Radii in pixel units; outside, float32 inputs of size 1 no longer see the noise, or nothing else. */
const SIGMA = { min: 1e-6, max: 1e3 } as const;
const MOST_RADII = 1000;
const MOST_SAMPLES = 1e9;
const MOST_THREADS = 8;
const DEFAULT_SAMPLES = 10_000;

/** Decimal only: Number() would also take '', '0x10' and 'Infinity'. */
const DECIMAL = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WHOLE = /^\d+$/;

export function parseNumber(option: string, text: string, min: number, max: number): number {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw usageError(`${option} takes a number from ${min} to ${max}, not “${text}”.`);
  }
  return value;
}

export function parseWhole(option: string, text: string, min: number, max: number): number {
  const value = WHOLE.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw usageError(`${option} takes a whole number from ${min} to ${max}, not “${text}”.`);
  }
  return value;
}

export const parseSeed = (text: string): number => parseWhole('--seed', text, 0, Number.MAX_SAFE_INTEGER);

export const parseThreads = (text: string): number => parseWhole('--threads', text, 1, MOST_THREADS);

export function parseChoice<T extends string>(option: string, text: string, values: readonly T[]): T {
  const value = values.find((each) => each === text);
  if (value === undefined) throw usageError(`${option} takes ${values.join(' or ')}, not “${text}”.`);
  return value;
}

export const parseSigma = (text: string, option = '--sigma'): number =>
  parseNumber(option, text, SIGMA.min, SIGMA.max);

/** `from:to:count`, spaced evenly in the logarithm as the page does, or radii with commas; ascending, each once. */
export function parseSigmas(text: string, option = '--sigmas'): number[] {
  if (!text.includes(':')) {
    const radii = text.split(',').map((part) => parseSigma(part.trim(), option));
    if (radii.length > MOST_RADII) throw usageError(`${option} takes at most ${MOST_RADII} radii.`);
    return [...new Set(radii)].sort((a, b) => a - b);
  }
  const [from, to, count, ...rest] = text.split(':').map((part) => part.trim());
  if (from === undefined || to === undefined || count === undefined || rest.length > 0) {
    throw usageError(`${option} takes from:to:count, as in 0.05:1:12, or 0.1,0.2,0.5; not “${text}”.`);
  }
  const [min, max] = [parseSigma(from, option), parseSigma(to, option)];
  if (!(min < max)) throw usageError(`${option} needs its first radius below its last, not “${text}”.`);
  return logSpaced(min, max, parseWhole(`${option} from:to:count`, count, 2, MOST_RADII));
}

/** `fixed:samples` or `precision:halfWidth:maxSamples`; what is left out is as on the page. */
export function parseStop(text: string): StopRule {
  const option = '--stop';
  const [rule, ...parts] = text.split(':');
  if (rule === 'fixed' && parts.length <= 1) {
    const [samples = String(DEFAULT_SAMPLES)] = parts;
    return { rule, samples: parseWhole(`${option} fixed:N`, samples, 1, MOST_SAMPLES) };
  }
  if (rule === 'precision' && parts.length <= 2) {
    const page = DEFAULT_STOP as Extract<StopRule, { rule: 'precision' }>;
    const [halfWidth = String(page.halfWidth), maxSamples = String(page.maxSamples)] = parts;
    return {
      rule,
      halfWidth: parseNumber(`${option} precision:HALF_WIDTH:N`, halfWidth, 1e-6, 0.5),
      maxSamples: parseWhole(`${option} precision:HALF_WIDTH:N`, maxSamples, 1, MOST_SAMPLES),
    };
  }
  throw usageError(
    `${option} takes fixed:10000 or precision:0.02:20000 with numbers of yours, not “${text}”.`,
  );
}

/** Decimal with a sign. */
const SIGNED = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** One number for each of `count` channels, or one for all. */
export function parseNumbers(option: string, text: string, count: number): number[] {
  const numbers = text.split(',').map((part) => (SIGNED.test(part.trim()) ? Number(part) : Number.NaN));
  const isCount = numbers.length === 1 || numbers.length === count;
  if (!isCount || !numbers.every(Number.isFinite)) {
    const what = count === 1 ? 'a number' : `a number, or ${count} with commas`;
    throw usageError(`${option} takes ${what}, not “${text}”.`);
  }
  return numbers.length === count ? numbers : new Array<number>(count).fill(numbers[0] as number);
}

/** black:white */
export function parseRange(text: string): [number, number] {
  const parts = text.split(':').map((part) => (SIGNED.test(part.trim()) ? Number(part) : Number.NaN));
  const [black = Number.NaN, white = Number.NaN] = parts;
  if (parts.length !== 2 || !Number.isFinite(black) || !Number.isFinite(white) || black === white) {
    throw usageError(`--range takes two numbers, as in 0:255 or -1:1, not “${text}”.`);
  }
  return [black, white];
}

/** 32x32x3 */
export function parseInputSize(text: string): [number, number, 1 | 3] {
  const match = /^(\d{1,4})x(\d{1,4})x([13])$/.exec(text.trim());
  const [height, width, channels] = (match ?? []).slice(1).map(Number);
  if (!height || !width || !channels) {
    throw usageError(`--input-size takes height, width and 1 or 3 channels, as in 32x32x3; not “${text}”.`);
  }
  return [height, width, channels === 1 ? 1 : 3];
}

/** Ids with commas, or `all`; in the registry's order, each once. */
export function parseEstimators(text: string): string[] {
  const known = ESTIMATORS.map(({ id }) => id);
  if (text.trim() === 'all') return known;
  const wanted = new Set(text.split(',').map((part) => part.trim()));
  for (const id of wanted) {
    if (findEstimator(id) === undefined) {
      throw usageError(`There is no estimator “${id}”; there are ${known.join(', ')}.`);
    }
  }
  return known.filter((id) => wanted.has(id));
}

/** The number of a class, given as its label or, where no label is called so, as its number. */
export function parseTarget(text: string, labels: readonly string[]): number {
  const names = new ClassNames(labels);
  const found = names.find(text);
  if (found.kind === 'class') return found.index;
  throw usageError(
    found.kind === 'ambiguous'
      ? `--target “${text}” may be ${names.listed(found.indices)}; write it exactly as the label, or give the number.`
      : `--target takes one of the model's classes, a label or 0 to ${labels.length - 1}; not “${text}”.`,
  );
}

/** `x,y,size`, parts of the picture from 0 to 1; the size is above 0. */
export function parseCrop(text: string): Crop {
  const option = '--crop';
  const [x, y, size, ...rest] = text.split(',').map((part) => part.trim());
  if (x === undefined || y === undefined || size === undefined || rest.length > 0) {
    throw usageError(`${option} takes x,y,size, as in 0.25,0.1,0.5; not “${text}”.`);
  }
  return {
    x: parseNumber(option, x, 0, 1),
    y: parseNumber(option, y, 0, 1),
    size: parseNumber(`${option} x,y,size`, size, 0.0001, 1),
  };
}

/** `all`, `first:N` or `class:N`. @param seed of the draw within classes */
export function parseSelection(text: string, seed: number): Selection {
  const option = '--images';
  if (text === 'all') return { kind: 'all' };
  const [kind, count = ''] = text.split(':');
  if (kind === 'first') return { kind, count: parseWhole(`${option} first:N`, count, 1, MOST_SAMPLES) };
  if (kind === 'class') {
    return { kind: 'per_class', count: parseWhole(`${option} class:N`, count, 1, MOST_SAMPLES), seed };
  }
  throw usageError(`${option} takes all, first:1000 or class:100 with numbers of yours, not “${text}”.`);
}

/** `k/n` with k from 1 to n. */
export function parseShard(text: string): Shard {
  const [number = '', of = '', ...rest] = text.split('/');
  if (rest.length > 0 || of === '') throw usageError(`--shard takes K/N, as in 3/16, not “${text}”.`);
  const count = parseWhole('--shard K/N', of, 1, 1e6);
  return { number: parseWhole('--shard K/N', number, 1, count), of: count };
}
