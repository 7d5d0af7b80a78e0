import {
  betweenGroups,
  bootstrapMean,
  type Grouped,
  type Interval,
  type PairTest,
  pairTests,
  permutationTest,
  squaredDeviations,
  valuesOfGroup,
} from '../statistics';
import { imageSeed } from './image-seed';
import type { DatasetTable } from './table';

export interface ClassOptions {
  readonly seed: number;
  readonly resamples: number;
  readonly permutations: number;
  /** Probability of any false statement: of all classes' limits together, and of all pairs. */
  readonly alpha: number;
}

export const CLASS_OPTIONS: ClassOptions = { seed: 1, resamples: 2000, permutations: 1999, alpha: 0.05 };

export interface ClassValue {
  /** Number of the class. */
  readonly label: number;
  readonly images: number;
  /** Mean over its images; the limits of all classes hold together. Limits are NaN for a single image. */
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
  /** Every pair of classes. */
  readonly pairs: readonly PairTest[];
}

// Streams of one seed: bootstraps by class, then the tests.
const seeds = (seed: number) => (purpose: number) => imageSeed(seed, purpose) % 2 ** 32;
const TEST = 1 << 20;
const PAIRS = 1 << 21;

function classMeans(data: Grouped, { seed, resamples, alpha }: ClassOptions): ClassValue[] {
  const groups = Array.from({ length: data.groups }, (_, label) => ({
    label,
    values: valuesOfGroup(data, label),
  }));
  const present = groups.filter(({ values }) => values.length > 0);
  return present.map(({ label, values }) => {
    const share = alpha / present.length;
    const mean = bootstrapMean(values, { seed: seeds(seed)(label), resamples, alpha: share });
    // One image says nothing of how its class varies.
    const limits = values.length === 1 ? { lo: Number.NaN, hi: Number.NaN } : {};
    return { label, images: values.length, mean: { ...mean, ...limits } };
  });
}

const grouped = (values: Float64Array, { header, rows }: DatasetTable): Grouped => ({
  values,
  groupOf: Uint32Array.from(rows, ({ label }) => label),
  groups: header.labels.length,
});

const valuesAt = ({ rows }: DatasetTable, sigmaIndex: number): Float64Array =>
  Float64Array.from(rows, ({ estimates }) => estimates[sigmaIndex]?.p ?? Number.NaN);

/** The bias of a model between classes at one radius of its table. */
export function classBias(table: DatasetTable, sigmaIndex: number, options = CLASS_OPTIONS): ClassBias {
  const data = grouped(valuesAt(table, sigmaIndex), table);
  const classes = classMeans(data, options);
  const means = classes.map(({ mean }) => mean.value);
  const seed = seeds(options.seed);
  return {
    classes,
    spread: Math.max(...means) - Math.min(...means),
    pValue: permutationTest(data, { seed: seed(TEST), permutations: options.permutations }),
    explained: betweenGroups(data) / squaredDeviations(data.values),
    pairs: pairTests(data, (a, b) => seed(PAIRS + a * data.groups + b), options.permutations),
  };
}

/**
 * Means by class of p of the first table less p of the second, image by image, with limits that hold together.
 * @throws RangeError unless both have the same images.
 */
export function pairedDifferences(
  first: DatasetTable,
  second: DatasetTable,
  sigmaIndex: number,
  options = CLASS_OPTIONS,
): { readonly differences: Float64Array; readonly classes: readonly ClassValue[] } {
  const matches =
    first.header.data.sha256 === second.header.data.sha256 &&
    first.header.sigmas[sigmaIndex] === second.header.sigmas[sigmaIndex] &&
    first.rows.length === second.rows.length &&
    first.rows.every(({ index }, i) => second.rows[i]?.index === index);
  if (!matches) throw new RangeError('the two tables are not of the same images and radius');
  const other = valuesAt(second, sigmaIndex);
  const differences = valuesAt(first, sigmaIndex).map((p, i) => p - (other[i] as number));
  return { differences, classes: classMeans(grouped(differences, first), options) };
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
