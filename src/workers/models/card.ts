import * as v from 'valibot';
import { isPreparationName, type PreparationName } from '../../image';

const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** A mean over images, with its standard error. */
const mean = { mean: v.number(), stdErr: v.number() };

/** A model's card, public/models/<id>/card.json. Every stated figure names the command that measured it. */
export const modelCardSchema = v.object({
  schema: v.literal('probust-model-card/1'),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  name: v.string(),
  summary: v.string(),
  dataset: v.object({ name: v.string(), note: v.string() }),
  input: v.object({
    shape: v.tuple([positiveInteger, positiveInteger, positiveInteger]),
    range: v.tuple([v.number(), v.number()]),
    preparation: v.custom<PreparationName>((name) => typeof name === 'string' && isPreparationName(name)),
  }),
  labels: v.pipe(v.array(v.string()), v.minLength(2)),
  parameters: positiveInteger,
  macs: positiveInteger,
  training: v.object({ recipe: v.string(), seed: v.number(), command: v.string(), note: v.string() }),
  accuracy: v.object({
    percent: v.nullable(v.number()),
    images: positiveInteger,
    data: v.string(),
    command: v.string(),
  }),
  robustness: v.object({
    images: positiveInteger,
    samplesPerImage: positiveInteger,
    meanPRobust: v.array(v.object({ sigma: v.number(), ...mean })),
    command: v.string(),
  }),
  /** Of a robust model: beside the ordinary one, on the same images, at the sigma where that one's mean is a half. */
  comparison: v.optional(
    v.object({
      with: v.string(),
      sigma: v.number(),
      meanPRobust: v.object(mean),
      ordinaryMeanPRobust: v.object(mean),
      difference: v.object(mean),
      countsAsRobust: v.boolean(),
      ordinaryAccuracyPercent: v.nullable(v.number()),
      command: v.string(),
    }),
  ),
  /** How the weights are stored, and how far that moved a logit. */
  weights: v.optional(
    v.object({
      precision: v.picklist(['float32', 'float16']),
      largestLogitChange: v.number(),
      images: positiveInteger,
    }),
  ),
  /** Largest difference between margins in float32 and in float64, over clean and noisy test images. */
  rounding: v.optional(
    v.object({
      largestMarginDifference: v.pipe(v.number(), v.minValue(0)),
      images: positiveInteger,
      data: v.string(),
      command: v.string(),
    }),
  ),
  /** Recommended radii, in pixel units. */
  sigma: v.object({ min: v.pipe(v.number(), v.gtValue(0)), max: v.pipe(v.number(), v.gtValue(0)) }),
  licence: v.string(),
  files: v.pipe(v.array(v.object({ path: v.string(), bytes: positiveInteger, sha256 })), v.minLength(2)),
  sha256,
});

export type ModelCard = v.InferOutput<typeof modelCardSchema>;

/** From pixels in [0, 1] to what a network expects: onto `range`, then less `mean` and divided by `std`, by channel. */
interface Normalisation {
  readonly range: readonly [black: number, white: number];
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** What page and engine need to know of any model, bundled or not. */
export interface ModelFacts extends Pick<ModelCard, 'id' | 'name' | 'summary' | 'labels' | 'sigma'> {
  /** Absent where the network takes pixels as they are. */
  readonly input: ModelCard['input'] & { readonly normalisation?: Normalisation };
  readonly dataset: Pick<ModelCard['dataset'], 'name'>;
  /** Null where nobody measured it. */
  readonly accuracy: Pick<ModelCard['accuracy'], 'percent' | 'data'> | null;
}

/** A person's own model is named by the SHA-256 of its files. */
export const isOwnId = (id: string): boolean => /^sha256:[0-9a-f]{64}$/.test(id);

/** public/models/index.json */
export const modelIndexSchema = v.object({
  schema: v.literal('probust-models/1'),
  default: v.string(),
  models: v.pipe(
    v.array(
      v.object({
        id: v.string(),
        name: v.string(),
        summary: v.string(),
        dataset: v.string(),
        /** Of a robust model: the one that it started from. */
        ordinary: v.optional(v.string()),
      }),
    ),
    v.minLength(1),
  ),
});

export type ModelIndex = v.InferOutput<typeof modelIndexSchema>;
