import { type LabelledImages, toInputs } from '../data';
import { regularizedBeta } from '../estimators/math/beta';
import { argmax } from '../estimators/model';

/** Why a data set's labels are doubted: they differ from what the model calls the images. */
export type LabelDoubt =
  | {
      /** Most labels are the predicted class plus `by`, and not the predicted class. */
      readonly kind: 'offset';
      readonly by: 1 | -1;
      readonly matched: number;
      readonly right: number;
      readonly images: number;
    }
  | {
      /** No more labels are the predicted class than guessing among `classes` would give. */
      readonly kind: 'chance';
      readonly right: number;
      readonly images: number;
      readonly classes: number;
    };

/** Levels of the tests: of an offset against none, of it against guessing, and of the share of right ones. */
const ALPHA = { offset: 0.05, offsetByGuessing: 0.001, guessing: 0.05, useful: 0.01 } as const;

/** P[X >= k] for X of Bin(n, p), by the regularised incomplete beta function. */
const atLeast = (k: number, n: number, p: number): number => (k <= 0 ? 1 : regularizedBeta(p, k, n - k + 1));

/**
 * Compares labels with predicted classes. An offset of one is told where more labels are off by one than right (sign
 * test), and than guessing would make so. Guessing is told where the number right does not exceed that of guessing among
 * all classes, and is too small for a model half way between guessing and perfect.
 * @param predicted as many classes as there are labels
 * @returns null where nothing speaks against the labels, or there are too few images to tell
 */
export function labelDoubt(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): LabelDoubt | null {
  const images = labels.length;
  const count = (by: number): number =>
    Array.from(labels).filter((label, i) => label - by === predicted[i]).length;
  const right = count(0);
  for (const by of [1, -1] as const) {
    const matched = count(by);
    const isMore = atLeast(matched, matched + right, 1 / 2) <= ALPHA.offset;
    if (matched > 0 && isMore && atLeast(matched, images, 1 / classes) <= ALPHA.offsetByGuessing)
      return { kind: 'offset', by, matched, right, images };
  }
  const chance = 1 / classes;
  const isGuessing = atLeast(right, images, chance) > ALPHA.guessing;
  const isUseless = 1 - atLeast(right + 1, images, (1 + chance) / 2) < ALPHA.useful;
  return images > 0 && isGuessing && isUseless ? { kind: 'chance', right, images, classes } : null;
}

/** The doubt in a sentence. */
export function doubtSentence(doubt: LabelDoubt): string {
  if (doubt.kind === 'chance') {
    const { right, images, classes } = doubt;
    return `The model calls ${right} of ${images} images by their label, no more than guessing among ${classes} classes would: check that the labels count the classes as the model does.`;
  }
  const { by, matched, right, images } = doubt;
  const [high, other, mend] =
    by === 1
      ? ['high', 'below', 'if they count from 1, subtract 1 from each']
      : ['low', 'above', 'if the model has one more class before theirs, add 1 to each'];
  return `The labels seem to be one too ${high}: of ${images} images the model calls ${matched} the class one ${other} their label, and ${right} that of their label; ${mend}.`;
}

/** So many images are tried before a run ... */
const TRIED = 64;
/** ... so many at once, however large they are. */
const AT_ONCE = 8;

/**
 * Doubts about the labels of some images after a look at a few, spread over all of them.
 * @param indices of the images that are to be run
 * @param logits of n inputs, row-major: n x classes values
 */
export async function triedLabels(
  images: LabelledImages,
  indices: readonly number[],
  classes: number,
  logits: (inputs: Float32Array) => Promise<Float32Array>,
): Promise<LabelDoubt | null> {
  const count = Math.min(TRIED, indices.length);
  const tried = Array.from(
    { length: count },
    (_, i) => indices[Math.floor(((i + 0.5) * indices.length) / count)] as number,
  );
  const predicted: number[] = [];
  for (let first = 0; first < count; first += AT_ONCE) {
    const some = tried.slice(first, first + AT_ONCE).map((index) => toInputs(images, index));
    const size = some[0]?.length ?? 0;
    const inputs = new Float32Array(some.length * size);
    for (const [i, input] of some.entries()) inputs.set(input, i * size);
    const found = await logits(inputs);
    for (const i of some.keys()) predicted.push(argmax(found.subarray(i * classes, (i + 1) * classes)));
  }
  return labelDoubt(
    tried.map((index) => images.labels[index] as number),
    predicted,
    classes,
  );
}
