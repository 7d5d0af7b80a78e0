import * as v from 'valibot';
import { type Estimate, LEVEL } from '../estimators/estimate';
import { modelRecordSchema } from '../results/model-record';
import { selectionSchema } from './selection';

/** Limits of what is read; more than any run that can be made. */
const MOST_CLASSES = 65_536;
const MOST_RADII = 1000;
const MOST_FLAGS = 20;

// What follows the name of a field in a sentence.
const number = v.pipe(v.number('is not a number'), v.finite('is not finite'));
const whole = v.pipe(number, v.safeInteger('is not a whole number'), v.minValue(0, 'is negative'));
const positive = v.pipe(number, v.safeInteger('is not a whole number'), v.minValue(1, 'is below 1'));
const share = v.pipe(number, v.minValue(0, 'is below 0'), v.maxValue(1, 'is above 1'));
/** A standard error of a probability: of any size that an estimator gives, and of none that a damaged file may. */
const standardError = v.pipe(number, v.minValue(0, 'is negative'), v.maxValue(1e6, 'is above 1000000'));
const text = v.string('is not a text');

/** All that a table's rows depend on, and which part of them it holds. What this version does not know is refused. */
export const headerSchema = v.strictObject(
  {
    schema: v.literal('probust-dataset/1', 'is not probust-dataset/1'),
    /** Version of Probust. */
    app: text,
    model: modelRecordSchema,
    /** `sha256` is over shape, pixels and labels as parsed: the same whether the files were compressed or not. */
    data: v.object({ name: text, sha256: text, images: positive }),
    /** Names of the classes, by number. */
    labels: v.pipe(
      v.array(text),
      v.minLength(1, 'is empty'),
      v.maxLength(MOST_CLASSES, `has more than ${MOST_CLASSES} classes`),
    ),
    selection: selectionSchema,
    /** How many images are selected, over all shards. */
    selected: positive,
    sigmas: v.pipe(
      v.array(v.pipe(number, v.gtValue(0, 'is not above 0'))),
      v.minLength(1, 'is empty'),
      v.maxLength(MOST_RADII, `has more than ${MOST_RADII} radii`),
      v.check((sigmas) => new Set(sigmas).size === sigmas.length, 'has a radius twice'),
    ),
    estimator: text,
    seed: whole,
    stop: v.variant('rule', [
      v.object({
        rule: v.literal('precision'),
        halfWidth: v.pipe(share, v.gtValue(0, 'is not above 0')),
        maxSamples: positive,
      }),
      v.object({ rule: v.literal('fixed'), samples: positive }),
    ]),
    level: v.literal(LEVEL, `is not ${LEVEL}`),
    backend: text,
    /** Number from 1. */
    shard: v.object({ number: positive, of: positive }),
  },
  ({ expected }) => (expected === 'never' ? 'is nothing that this version knows' : 'is missing or wrong'),
);

export type DatasetHeader = v.InferOutput<typeof headerSchema>;

/** What was found for one image at one radius. */
const rowEstimateSchema = v.object({
  /** P[argmax f(x + eps) = predicted] */
  p: share,
  /** 95 % limits, null where only the numerical error is known. */
  lo: v.nullable(share),
  hi: v.nullable(share),
  /** Standard errors, null where there is none: of the Gaussian CDF, and from sampling. */
  numericalError: v.nullable(standardError),
  samplingError: v.nullable(standardError),
  /** Forward passes, in inputs. */
  evaluations: whole,
  /** Input gradients of single logits. */
  gradients: whole,
  flags: v.pipe(
    v.array(v.pipe(v.string('is not a text'), v.regex(/^\w{1,40}$/, 'is no flag'))),
    v.maxLength(MOST_FLAGS, 'has too many flags'),
  ),
  /** How many noisy copies were called each class; empty where the estimator does not count. */
  counts: v.pipe(v.array(whole), v.maxLength(MOST_CLASSES, 'has too many classes')),
});

export type RowEstimate = v.InferOutput<typeof rowEstimateSchema>;

/** A row by itself; `whyNotOfRun` tells whether it can be one of a run. */
export const rowSchema = v.object({
  /** Number of the image in the data. */
  index: whole,
  label: whole,
  /** The class at the clean image, of which p speaks. */
  predicted: whole,
  /** Softmax of the predicted class. */
  confidence: share,
  /** Seed of the image's noise. */
  seed: whole,
  /** One a radius of the header. */
  estimates: v.pipe(v.array(rowEstimateSchema), v.maxLength(MOST_RADII, 'has too many radii')),
});

export type DatasetRow = v.InferOutput<typeof rowSchema>;

export interface DatasetTable {
  readonly header: DatasetHeader;
  /** By ascending index. */
  readonly rows: readonly DatasetRow[];
}

/** Times are left out: a repeated run gives the same row. */
export function toRowEstimate(estimate: Estimate): RowEstimate {
  const { p, lo, hi, numericalError, samplingError, evaluations, gradients, flags, classCounts } = estimate;
  const counts = [...(classCounts ?? [])];
  return { p, lo, hi, numericalError, samplingError, evaluations, gradients, flags: [...flags], counts };
}
