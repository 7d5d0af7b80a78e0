import type { PreparationName } from '../../../image';
import type { OwnModelDescription } from './description';
import type { InputChange } from './input-changes';
import { RANGES, type RangeName, rangeFrom } from './value-range';

/** What the files tell of a model. */
export interface ModelClues {
  /** Height, width, channels; null where the network takes any. */
  readonly shape: readonly [number | null, number | null, number | null];
  readonly classCount: number | null;
  /** Names of the model, its file's folder, and for a Graph model its nodes. */
  readonly names: readonly string[];
  /** What the network's first layers do to a picture's values; null for a graph, of which only names are known. */
  readonly changes: readonly InputChange[] | null;
  readonly labels: readonly string[] | null;
  /** A metadata.json lies beside it. */
  readonly hasMetadata: boolean;
}

const CIFAR10 = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

/** Normalisations by what they are commonly called; values for pixels in [0, 1]. */
export const NORMALISATIONS = {
  none: { mean: [0, 0, 0], std: [1, 1, 1] },
  imagenet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  cifar10: { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] },
  mnist: { mean: [0.1307], std: [0.3081] },
} as const;

const rangeOf = (name: RangeName): [number, number] => [...RANGES[name]];
/** Teachable Machine divides bytes by 127 and subtracts 1. */
const TEACHABLE: [number, number] = [-1, 255 / 127 - 1];

/** Architectures whose Keras and TF-Slim versions take [-1, 1]. */
const SIGNED_NAMES = /mobilenet|inception|xception|nasnet/i;
const RESCALING_NAME = /rescaling/i;
const FROM_TORCH = /torch|onnx/i;

/** A description to begin with; every field is a person's to change. */
export function guessDescription(clues: ModelClues): OwnModelDescription {
  const [height, width, channels] = guessShape(clues);
  const is = (h: number, c: number) => height === h && width === h && channels === c;
  const preparation: PreparationName = is(28, 1) ? 'mnist' : 'photo';
  const flat = { mean: new Array<number>(channels).fill(0), std: new Array<number>(channels).fill(1) };
  const names = clues.names.join(' ');
  const isImageNet = channels === 3 && (clues.classCount === 1000 || clues.classCount === 1001);
  const described = {
    name: guessName(clues.names[0] ?? ''),
    shape: [height, width, channels] as [number, number, 1 | 3],
    preparation,
    labels: guessLabels(clues, is),
  };
  if (clues.changes !== null && clues.changes.length > 0) {
    return { ...described, range: rangeOf(rangeFrom(clues.changes).name), ...flat };
  }
  if (clues.hasMetadata && is(224, 3)) return { ...described, range: TEACHABLE, ...flat };
  if (clues.changes === null && RESCALING_NAME.test(names))
    return { ...described, range: rangeOf('bytes'), ...flat };
  if (isImageNet && FROM_TORCH.test(names)) {
    const { mean, std } = NORMALISATIONS.imagenet;
    return { ...described, range: rangeOf('unit'), mean: [...mean], std: [...std] };
  }
  const isSigned = SIGNED_NAMES.test(names) && channels === 3;
  return { ...described, range: rangeOf(isSigned ? 'signed' : 'unit'), ...flat };
}

/** Says what a value range was guessed from where another one is as likely; null where nothing speaks for another. */
export function doubtOfRange({ changes, names }: Pick<ModelClues, 'changes' | 'names'>): string | null {
  const ask = 'set the range that it was trained with if that is not so.';
  if (changes !== null) {
    if (changes.length === 0) return null;
    const { name, isSure } = rangeFrom(changes);
    if (isSure) return null;
    const range = RANGES[name].join(' to ').replace('-', '−');
    return `The network rescales its input in a way that fits more than one value range, or none of the usual ones; ${range} is a guess: ${ask}`;
  }
  if (!names.some((each) => RESCALING_NAME.test(each))) return null;
  return `A node of the graph is called a rescaling, so values from 0 to 255 are taken to be what it expects: ${ask}`;
}

function guessShape({ shape: [height, width, channels] }: ModelClues): [number, number, 1 | 3] {
  const c = channels === 1 ? 1 : 3;
  const side = height ?? width ?? (c === 1 ? 28 : 224);
  return [height ?? side, width ?? side, c];
}

function guessLabels({ labels, classCount }: ModelClues, is: (h: number, c: number) => boolean): string[] {
  if (labels !== null && (classCount === null || labels.length === classCount)) return [...labels];
  if (is(32, 3) && classCount === 10) return [...CIFAR10];
  return [];
}

const GENERIC_NAMES = /^(model|sequential|functional|graph|tfjs|web_model|out)?[_-]?\d*$/i;

function guessName(name: string): string {
  const readable = name.replaceAll(/[_-]+/g, ' ').trim().slice(0, 60);
  return GENERIC_NAMES.test(name) || readable === '' ? 'My model' : readable;
}
