import { describe, expect, it } from 'vitest';
import { doubtSentence, labelDoubt, triedLabels, whyNotFor } from '../../../src/dataset';

const range = (length: number, from = 0): number[] => Array.from({ length }, (_, i) => from + i);

describe('doubts about labels', () => {
  it('are an offset where labels count from 1, or one class too few before theirs', () => {
    expect(labelDoubt(range(25, 1), range(25), 26)).toEqual({
      kind: 'offset',
      by: 1,
      matched: 25,
      right: 0,
      images: 25,
    });
    expect(labelDoubt(range(25), range(25, 1), 26)).toMatchObject({ kind: 'offset', by: -1, matched: 25 });
    // A model that is wrong on every third image.
    const labels = range(60).map((i) => 1 + (i % 9));
    const predicted = labels.map((label, i) => (i % 3 === 0 ? (label + 4) % 10 : label - 1));
    expect(labelDoubt(labels, predicted, 10)).toMatchObject({ kind: 'offset', by: 1, matched: 40 });
  });

  it('are guessing where no more are right than by chance', () => {
    const labels = range(64).map((i) => i % 10);
    const shuffled = labels.map((label) => (label * 3 + 5) % 10);
    expect(labelDoubt(labels, shuffled, 10)).toMatchObject({ kind: 'chance', images: 64, classes: 10 });
    expect(
      labelDoubt(
        range(8),
        range(8).map((i) => (i + 4) % 8),
        10,
      ),
    ).toMatchObject({ kind: 'chance', right: 0 });
  });

  it.each([
    ['all are right', range(10), range(10), 10],
    ['few are right, but more than by chance', range(40), range(40).map((i) => (i < 8 ? i : 39)), 40],
    ['there are no images', [], [], 10],
    ['there are too few to tell', [1, 2, 3], [4, 5, 6], 10],
    [
      'half are right of two classes, in 20 images',
      range(20).map((i) => i % 2),
      range(20).map((i) => (i >> 1) % 2),
      2,
    ],
    [
      'one class is called by its neighbour now and then',
      range(30),
      range(30).map((i) => (i % 6 ? i : i + 1)),
      31,
    ],
  ])('are none where %s', (_what, labels, predicted, classes) => {
    expect(labelDoubt(labels, predicted, classes)).toBeNull();
  });

  it('are rare: a model that is right on three of ten images is not doubted', () => {
    for (const classes of [5, 10, 100]) {
      const labels = range(60).map((i) => i % classes);
      const predicted = labels.map((label, i) => (i % 10 < 5 ? label : (label + 2) % classes));
      expect(labelDoubt(labels, predicted, classes)).toBeNull();
    }
  });

  it('are said in a sentence', () => {
    expect(doubtSentence({ kind: 'offset', by: 1, matched: 25, right: 0, images: 25 })).toBe(
      'The labels seem to be one too high: of 25 images the model calls 25 the class one below their label, and 0 that of their label; if they count from 1, subtract 1 from each.',
    );
    expect(doubtSentence({ kind: 'chance', right: 2, images: 64, classes: 26 })).toMatch(
      /^The model calls 2 of 64 images by their label, no more than guessing among 26 classes/,
    );
  });
});

describe('a look at a few images', () => {
  /** Images of one pixel that is 10 times their class, all of them labelled one too high. */
  const set = (count: number, classes: number) => ({
    shape: [1, 1, 1] as const,
    count,
    pixels: Uint8Array.from({ length: count }, (_, i) => 10 * (i % classes)),
    labels: Uint16Array.from({ length: count }, (_, i) => 1 + (i % classes)),
  });

  it('takes them from all over the set, and none twice', async () => {
    let given = 0;
    const logits = async (inputs: Float32Array): Promise<Float32Array> => {
      given += inputs.length;
      return Float32Array.from(
        [...inputs].flatMap((x) => range(13).map((k) => -Math.abs(Math.round(25.5 * x) - k))),
      );
    };
    expect(await triedLabels(set(1000, 12), range(1000), 13, logits)).toEqual({
      kind: 'offset',
      by: 1,
      matched: 64,
      right: 0,
      images: 64,
    });
    expect(given).toBe(64);
    expect(await triedLabels(set(12, 12), range(12), 13, logits)).toMatchObject({ matched: 12, images: 12 });
    expect(await triedLabels(set(12, 12), [], 13, logits)).toBeNull();
  });
});

describe('images that a model cannot take', () => {
  const labelled = (...labels: number[]) => ({
    shape: [1, 1, 1] as const,
    count: labels.length,
    pixels: new Uint8Array(labels.length),
    labels: Uint16Array.from(labels),
  });

  it('are told to count from 1 where they have the label after the last class and no 0', () => {
    expect(whyNotFor(labelled(...range(26, 1)), [1, 1, 1], 26)).toBe(
      'The data have labels from 1 to 26; the model knows the classes 0 to 25: the labels seem to count from 1, so subtract 1 from each.',
    );
    expect(whyNotFor(labelled(0, 26), [1, 1, 1], 26)).toBe(
      'The data have the label 26; the model knows 26 classes.',
    );
    expect(whyNotFor(labelled(1, 27), [1, 1, 1], 26)).toBe(
      'The data have the label 27; the model knows 26 classes.',
    );
    expect(whyNotFor(labelled(1, 25), [1, 1, 1], 26)).toBeNull();
    expect(whyNotFor(labelled(), [1, 1, 1], 26)).toBe('There are no images.');
  });
});
