import { gunzipSync, gzipSync } from 'node:zlib';
import { type LabelledImages, type NamedBytes, readDropped } from '../../src/data';
import { type Reader, Refusal, type Trial } from '../reader';
import { joined } from '../support/bytes';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import { differenceOf, filesOf, type KnownImages, knownImages, nonsenseIn } from '../support/images';

const words = (...values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value);
  return bytes;
};

const BYTES = 0x0800;

function filePair({ shape: [height, width], pixels, labels }: KnownImages): [Uint8Array, Uint8Array] {
  return [
    joined(words(BYTES + 3, labels.length, height, width), pixels),
    joined(words(BYTES + 1, labels.length), Uint8Array.from(labels)),
  ];
}

const maybeGzipped = (dice: Dice, name: string, bytes: Uint8Array): NamedBytes =>
  dice.chance(0.3)
    ? { name: `${name}${dice.pick(['.gz', ''])}`, bytes: gzipSync(bytes, { level: dice.below(10) }) }
    : { name, bytes };

/** Reads a pair by the format's own words; null where the files are no such pair. */
function readPair(files: readonly NamedBytes[]): KnownImages | null {
  const isGzip = ([a, b]: Uint8Array): boolean => a === 0x1f && b === 0x8b;
  const plain = files.map(({ bytes }) => (isGzip(bytes) ? Uint8Array.from(gunzipSync(bytes)) : bytes));
  const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const images = plain.find((bytes) => bytes.length >= 16 && view(bytes).getUint32(0) === BYTES + 3);
  const labels = plain.find((bytes) => bytes.length >= 8 && view(bytes).getUint32(0) === BYTES + 1);
  if (images === undefined || labels === undefined) return null;
  const [height, width] = [view(images).getUint32(8), view(images).getUint32(12)];
  return { shape: [height, width, 1], pixels: images.subarray(16), labels: [...labels.subarray(8)] };
}

const BOMBS: Readonly<Record<string, () => [Uint8Array, Uint8Array]>> = {
  'no images': () => [words(BYTES + 3, 0, 28, 28), words(BYTES + 1, 0)],
  'images without pixels': () => [words(BYTES + 3, 2, 0, 28), joined(words(BYTES + 1, 2), new Uint8Array(2))],
  'a size of 2^96': () => [
    words(BYTES + 3, 0xffffffff, 0xffffffff, 0xffffffff),
    words(BYTES + 1, 0xffffffff),
  ],
  'too many labels': () => [
    joined(words(BYTES + 3, 1, 2, 2), new Uint8Array(4)),
    joined(words(BYTES + 1, 2), new Uint8Array(2)),
  ],
  'a header alone': () => [words(BYTES + 3), words(BYTES + 1)],
  'a size of 2^32': () => [words(BYTES + 3, 65_536, 65_536, 1), words(BYTES + 1, 65_536)],
};

function generate(dice: Dice): Trial<NamedBytes[], LabelledImages> {
  const shape = [dice.between(1, 9), dice.between(1, 9), 1] as const;
  const known = knownImages(dice, shape, 255);
  const [images, labels] = filePair(known);
  const named = (files: readonly [Uint8Array, Uint8Array]): NamedBytes[] =>
    dice.shuffled([
      maybeGzipped(dice, dice.pick(['t10k-images-idx3-ubyte', 'a', 'a.bin', 'x.idx3']), files[0]),
      maybeGzipped(dice, dice.pick(['t10k-labels-idx1-ubyte', 'b', 'b.bin', 'x.idx1']), files[1]),
    ]);
  if (dice.chance(0.4)) {
    const input = named([images, labels]);
    return {
      kind: 'valid',
      input,
      files: filesOf(input),
      expected: 'accepted',
      check: (found) => differenceOf(found, known),
    };
  }
  if (dice.chance(0.08)) {
    const kind = dice.pick(Object.keys(BOMBS));
    const input = named((BOMBS[kind] as (typeof BOMBS)[string])());
    return { kind, input, files: filesOf(input), expected: 'refused', check: nonsenseIn };
  }
  const isImages = dice.chance(0.5);
  const broken = damaged(isImages ? images : labels, dice);
  const input = named(isImages ? [broken.value, labels] : [images, broken.value]);
  return {
    kind: `damaged: ${broken.how}`,
    input,
    files: filesOf(input),
    expected: 'either',
    check: (found) => {
      const own = readPair(input);
      return own === null ? nonsenseIn(found) : differenceOf(found, own);
    },
  };
}

/** A pair of IDX files, as MNIST comes. */
export const idx: Reader<NamedBytes[], LabelledImages> = {
  id: 'idx',
  share: 5,
  floors: { accepted: 0.3, refused: 0.2, codes: ['truncated', 'wrong_format', 'missing'] },
  generate,
  read(files) {
    const found = readDropped(files);
    if (found.kind === 'images') return found.images;
    throw new Refusal('pictures', '');
  },
};
