import * as v from 'valibot';
import { isPreparationName, type PreparationName } from '../../../image';
import { reasonOf } from '../../../text/complaint';
import { EngineError } from '../../errors';
import type { ModelFacts } from '../card';
import { toldApart } from './labels';

const finite = v.pipe(v.number(), v.finite());
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));

/** What a person says of a model of their own: all that its files do not. */
export const ownModelDescriptionSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1, 'a name is needed'), v.maxLength(80)),
  /** Height, width, channels. */
  shape: v.tuple([size, size, v.picklist([1, 3], 'pictures have 1 channel or 3')]),
  preparation: v.custom<PreparationName>((name) => typeof name === 'string' && isPreparationName(name)),
  /** What the network expects for black and for white ... */
  range: v.tuple([finite, finite]),
  /** ... from which it expects these subtracted and by these divided, channel by channel. */
  mean: v.array(finite),
  std: v.array(v.pipe(finite, v.gtValue(0, 'deviations are above 0'))),
  /** One a class; none stands for numbers. Repeated ones are told apart on the card. */
  labels: v.array(v.pipe(v.string(), v.trim(), v.minLength(1, 'a label is empty'))),
});

export type OwnModelDescription = v.InferOutput<typeof ownModelDescriptionSchema>;

const WORDS: Readonly<Record<string, string>> = {
  name: 'name',
  shape: 'input size',
  preparation: 'kind of pictures',
  range: 'value range',
  mean: 'mean',
  std: 'standard deviation',
  labels: 'labels',
};

/** Checks what came from a form, an option or storage. Throws EngineError bad_request. */
export function checkDescription(value: unknown): OwnModelDescription {
  const parsed = v.safeParse(ownModelDescriptionSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = String(issue.path?.[0]?.key ?? '');
    throw wrong(`The ${WORDS[field] ?? 'description'} cannot be used: ${reasonOf(issue)}.`);
  }
  const { shape, range, mean, std } = parsed.output;
  const [, , channels] = shape;
  if (range[0] === range[1]) throw wrong('The value range cannot be used: black and white are the same.');
  for (const [name, values] of [
    ['mean', mean],
    ['standard deviation', std],
  ] as const) {
    if (values.length !== channels) {
      throw wrong(
        `The ${name} needs ${channels === 1 ? 'one number' : `${channels} numbers`}, one a channel.`,
      );
    }
  }
  return parsed.output;
}

function wrong(message: string): EngineError {
  return new EngineError('bad_request', message);
}

/** How pixels in [0, 1] become what the network expects: value * scale + offset, channel by channel. */
export function inputMap({
  range: [black, white],
  mean,
  std,
}: Pick<OwnModelDescription, 'range' | 'mean' | 'std'>): {
  readonly scale: number[];
  readonly offset: number[];
} {
  return {
    scale: std.map((deviation) => (white - black) / deviation),
    offset: std.map((deviation, c) => (black - (mean[c] as number)) / deviation),
  };
}

/** Radii to begin with; from an image's size nothing better is known. */
const SIGMA = { grey: { min: 0.05, max: 1 }, colour: { min: 0.01, max: 0.5 } } as const;

export const ownId = (sha256: string): string => `sha256:${sha256}`;

/** The card of a model of one's own. @param classCount as many labels are given, made of numbers if need be */
export function ownCard(sha256: string, described: OwnModelDescription, classCount: number): ModelFacts {
  const { name, shape, preparation, range, mean, std, labels } = described;
  if (labels.length > 0 && labels.length !== classCount) {
    throw wrong(
      `The model has ${classCount} classes and ${labels.length} labels were given; give one a line, or none.`,
    );
  }
  return {
    id: ownId(sha256),
    name,
    summary: '',
    // Nobody said what it was trained on.
    dataset: { name: '' },
    input: { shape, range: [0, 1], preparation, normalisation: { range, mean, std } },
    labels: labels.length > 0 ? toldApart(labels) : Array.from({ length: classCount }, (_, i) => String(i)),
    accuracy: null,
    sigma: shape[2] === 1 ? SIGMA.grey : SIGMA.colour,
  };
}
