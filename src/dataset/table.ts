import * as v from 'valibot';
import { type Estimate, LEVEL } from '../estimators/estimate';
import { modelRecordSchema } from '../results/model-record';
import { selectionSchema } from './selection';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** All that a table's rows depend on, and which part of them it holds. */
export const headerSchema = v.object({
  schema: v.literal('probust-dataset/1'),
  /** Version of Probust. */
  app: v.string(),
  model: modelRecordSchema,
  /** `sha256` is over shape, pixels and labels as parsed: the same whether the files were compressed or not. */
  data: v.object({ name: v.string(), sha256: v.string(), images: positive }),
  /** Names of the classes, by number. */
  labels: v.array(v.string()),
  selection: selectionSchema,
  /** How many images are selected, over all shards. */
  selected: positive,
  sigmas: v.pipe(v.array(v.number()), v.minLength(1)),
  estimator: v.string(),
  seed: whole,
  stop: v.variant('rule', [
    v.object({ rule: v.literal('precision'), halfWidth: v.number(), maxSamples: positive }),
    v.object({ rule: v.literal('fixed'), samples: positive }),
  ]),
  level: v.literal(LEVEL),
  backend: v.string(),
  /** Number from 1. */
  shard: v.object({ number: positive, of: positive }),
});

export type DatasetHeader = v.InferOutput<typeof headerSchema>;

/** What was found for one image at one radius. */
export const rowEstimateSchema = v.object({
  /** P[argmax f(x + eps) = predicted] */
  p: v.number(),
  /** 95 % limits, null where only the numerical error is known. */
  lo: v.nullable(v.number()),
  hi: v.nullable(v.number()),
  /** Standard errors, null where there is none: of the Gaussian CDF, and from sampling. */
  numericalError: v.nullable(v.number()),
  samplingError: v.nullable(v.number()),
  /** Forward passes, in inputs. */
  evaluations: whole,
  /** Input gradients of single logits. */
  gradients: whole,
  flags: v.array(v.string()),
  /** How many noisy copies were called each class; empty where the estimator does not count. */
  counts: v.array(whole),
});

export type RowEstimate = v.InferOutput<typeof rowEstimateSchema>;

export const rowSchema = v.object({
  /** Number of the image in the data. */
  index: whole,
  label: whole,
  /** The class at the clean image, of which p speaks. */
  predicted: whole,
  /** Softmax of the predicted class. */
  confidence: v.number(),
  /** Seed of the image's noise. */
  seed: whole,
  /** One a radius of the header. */
  estimates: v.array(rowEstimateSchema),
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
