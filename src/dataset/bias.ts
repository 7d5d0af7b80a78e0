import {
  betweenGroups,
  boundedMean,
  type Grouped,
  type Interval,
  type PairTests,
  pairTestsByMaximum,
  permutationTest,
  squaredDeviations,
  valuesOfGroup,
} from '../statistics';
import { imageSeed } from './image-seed';
import type { DatasetHeader, DatasetTable } from './table';

export interface ClassOptions {
  readonly seed: number;
  readonly permutations: number;
  /** Probability of any false statement: of all classes' limits together, and of all pairs. */
  readonly alpha: number;
}

export const CLASS_OPTIONS: ClassOptions = { seed: 1, permutations: 1999, alpha: 0.05 };

export interface ClassValue {
  /** Number of the class. */
  readonly label: number;
  readonly images: number;
  /** Mean over its images; the limits of all classes hold together, for independent images of the class. */
  readonly mean: Interval;
}

/** How p_robust differs between the true classes. */
export interface ClassBias {
  /** Classes that have images. */
  readonly classes: readonly ClassValue[];
  /** Largest class mean less the smallest. */
  readonly spread: number;
  /** P value of the hypothesis that the class does not matter. */
  readonly pValue: number;
  /** Share of the variance of p_robust that lies between classes; NaN where nothing varies. */
  readonly explained: number;
  /** Every pair of classes of at least two images. */
  readonly pairs: PairTests;
}

// Streams of one seed.
const TEST = 1 << 20;
const PAIRS = 1 << 21;
const ORDER = 1 << 22;

const seedFor = (seed: number, purpose: number): number => imageSeed(seed, purpose) % 2 ** 32;

/** The mean over images, with limits that hold whatever the order of the rows. @param range that the values lie in */
export const meanOverImages = (
  values: Float64Array,
  { seed, alpha }: Pick<ClassOptions, 'seed' | 'alpha'> = CLASS_OPTIONS,
  range: readonly [number, number] = [0, 1],
): Interval => boundedMean(values, { alpha, seed: seedFor(seed, ORDER), range });

function classMeans(
  data: Grouped,
  { alpha, seed }: Pick<ClassOptions, 'seed' | 'alpha'>,
  range: readonly [number, number],
): ClassValue[] {
  const groups = Array.from({ length: data.groups }, (_, label) => ({
    label,
    values: valuesOfGroup(data, label),
  }));
  const present = groups.filter(({ values }) => values.length > 0);
  return present.map(({ label, values }) => ({
    label,
    images: values.length,
    mean: boundedMean(values, {
      alpha: alpha / present.length,
      seed: seedFor(seed, ORDER + 1 + label),
      range,
    }),
  }));
}

const grouped = (values: Float64Array, { header, rows }: DatasetTable): Grouped => ({
  values,
  groupOf: Uint32Array.from(rows, ({ label }) => label),
  groups: header.labels.length,
});

/** p at one radius of every image, in the order of the rows. */
export const probabilitiesAt = ({ rows }: DatasetTable, sigmaIndex: number): Float64Array =>
  Float64Array.from(rows, ({ estimates }) => estimates[sigmaIndex]?.p ?? Number.NaN);

/** Means by class at one radius: the quick part of `classBias`. */
export const classValues = (table: DatasetTable, sigmaIndex: number, options = CLASS_OPTIONS): ClassValue[] =>
  classMeans(grouped(probabilitiesAt(table, sigmaIndex), table), options, [0, 1]);

/** The bias of a model between classes at one radius of its table. */
export function classBias(table: DatasetTable, sigmaIndex: number, options = CLASS_OPTIONS): ClassBias {
  const data = grouped(probabilitiesAt(table, sigmaIndex), table);
  const classes = classMeans(data, options, [0, 1]);
  const means = classes.map(({ mean }) => mean.value);
  const { seed, permutations } = options;
  return {
    classes,
    spread: Math.max(...means) - Math.min(...means),
    pValue: permutationTest(data, { seed: seedFor(seed, TEST), permutations }),
    explained: betweenGroups(data) / squaredDeviations(data.values),
    pairs: pairTestsByMaximum(data, { seed: seedFor(seed, PAIRS), permutations }),
  };
}

/** What of two runs must be the same for their rows to be paired: everything but the model. */
const paired = ({ data, selection, sigmas, estimator, seed, stop }: DatasetHeader): string =>
  JSON.stringify([data.sha256, selection, sigmas, estimator, seed, stop]);

/** p of the first table less p of the second: of each image, of all, and by class, the limits of classes together. */
export interface PairedDifferences {
  readonly differences: Float64Array;
  readonly all: Interval;
  readonly classes: readonly ClassValue[];
}

/**
 * Two models on the same images and noise, image by image. Each p is of the class that its own model predicts.
 * @throws RangeError unless both tables have the same images, radii, estimator, seed and rule.
 */
export function pairedDifferences(
  first: DatasetTable,
  second: DatasetTable,
  sigmaIndex: number,
  options = CLASS_OPTIONS,
): PairedDifferences {
  const matches =
    paired(first.header) === paired(second.header) &&
    first.rows.length === second.rows.length &&
    first.rows.every(({ index }, i) => second.rows[i]?.index === index);
  if (!matches) throw new RangeError('the two tables are not of the same images, noise and settings');
  const other = probabilitiesAt(second, sigmaIndex);
  const differences = probabilitiesAt(first, sigmaIndex).map((p, i) => p - (other[i] as number));
  const range = [-1, 1] as const;
  return {
    differences,
    all: meanOverImages(differences, options, range),
    classes: classMeans(grouped(differences, first), options, range),
  };
}

/**
 * Confusion under noise, K x K and row-major: of the noisy copies of images whose true class is the row, the share that
 * is called the column, images of a class weighing the same. NaN in rows of classes without counted images.
 */
export function confusionUnderNoise({ header, rows }: DatasetTable, sigmaIndex: number): Float64Array {
  const size = header.labels.length;
  const shares = new Float64Array(size * size);
  const images = new Uint32Array(size);
  for (const { label, estimates } of rows) {
    const counts = estimates[sigmaIndex]?.counts ?? [];
    const copies = counts.reduce((sum, count) => sum + count, 0);
    if (copies === 0) continue;
    images[label] = (images[label] as number) + 1;
    for (const [called, count] of counts.entries()) {
      const at = label * size + called;
      shares[at] = (shares[at] as number) + count / copies;
    }
  }
  return shares.map((sum, at) => sum / (images[Math.floor(at / size)] as number));
}
