import { zipSync } from 'fflate';
import { type LabelledImages, type NamedBytes, readDropped } from '../../src/data';
import { type Reader, Refusal, type Trial } from '../reader';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import { differenceOf, filesOf, type KnownImages, knownImages, nonsenseIn } from '../support/images';
import { type NpyForm, npyFile, PLAIN, readNpyStrictly, type TypeName } from '../support/npy';

/** Labels that the types of arrays hold. */
const LABEL_TYPES: readonly (readonly [TypeName, number])[] = [
  ['u1', 255],
  ['i1', 127],
  ['u2', 65_535],
  ['i2', 32_767],
  ['u4', 65_535],
  ['i4', 65_535],
  ['u8', 65_535],
  ['i8', 65_535],
  ['f4', 65_535],
  ['f8', 65_535],
];

const form = (dice: Dice, type: TypeName): NpyForm => ({
  ...PLAIN,
  type,
  version: dice.pick([1, 1, 2]),
  alignment: dice.pick([16, 64]),
});

/** [N,H,W,C] as [N,C,H,W]. */
function planar({ shape: [height, width, channels], pixels }: KnownImages): Uint8Array {
  const area = height * width;
  return pixels.map((_, at) => {
    const [image, channel, pixel] = [
      Math.floor(at / (area * channels)),
      Math.floor(at / area) % channels,
      at % area,
    ];
    return pixels[(image * area + pixel) * channels + channel] as number;
  });
}

/** The same pixels as an array of some type and axes. */
function imageFile(dice: Dice, known: KnownImages): Uint8Array {
  const { shape, labels } = known;
  const [height, width, channels] = shape;
  // Axes of 1 or 3 could be meant as channels, so only other sides may stand last.
  const isPlanar = channels === 3 && width > 3 && height > 3 && dice.chance(0.3);
  const values = isPlanar ? planar(known) : known.pixels;
  const sides = isPlanar
    ? [channels, height, width]
    : channels === 1 && dice.chance(0.5)
      ? [height, width]
      : [...shape];
  const axes = [labels.length, ...sides];
  const type = dice.pick<TypeName>(['u1', 'u1', 'u1', 'u2', 'i4', 'i8', 'f4', 'f8']);
  const isShare =
    (type === 'f4' || type === 'f8') && known.pixels.some((value) => value > 1) && dice.chance(0.5);
  return npyFile(isShare ? Array.from(values, (value) => value / 255) : values, axes, form(dice, type), dice);
}

function labelFile(dice: Dice, labels: readonly number[], type: TypeName): Uint8Array {
  const shape = dice.chance(0.3) ? [labels.length, 1] : [labels.length];
  return npyFile(labels, shape, form(dice, type), dice);
}

function packed(dice: Dice, images: Uint8Array, labels: Uint8Array): NamedBytes[] {
  if (dice.chance(0.5)) {
    return dice.shuffled([
      { name: 'x.npy', bytes: images },
      { name: 'y.npy', bytes: labels },
    ]);
  }
  const prefix = dice.pick(['', '', 'test_']);
  const extra = prefix === '' ? {} : { 'x_train.npy': images.slice(0), 'y_train.npy': labels.slice(0) };
  const files = dice.shuffled(
    Object.entries({ ...extra, [`${prefix}x.npy`]: images, [`${prefix}y.npy`]: labels }),
  );
  const level = dice.pick([0, 1, 6, 9] as const);
  return [{ name: 'data.npz', bytes: zipSync(Object.fromEntries(files), { level }) }];
}

/** What stands in the files by a strict reading, where they are a pair of bytes and integers. */
function strictly(images: Uint8Array, labels: Uint8Array): KnownImages | null {
  const [x, y] = [readNpyStrictly(images), readNpyStrictly(labels)];
  if (x === null || y === null || x.code !== 'u1' || x.shape.length !== 4 || y.shape.length !== 1)
    return null;
  const [, height, width, channels] = x.shape as [number, number, number, number];
  if (channels !== 1 && channels !== 3) return null;
  return { shape: [height, width, channels], pixels: Uint8Array.from(x.values), labels: y.values };
}

function generate(dice: Dice): Trial<NamedBytes[], LabelledImages> {
  const shape = [dice.between(4, 7), dice.between(4, 7), dice.pick([1, 3] as const)] as const;
  const [type, most] = dice.pick(LABEL_TYPES);
  const known = knownImages(dice, shape, dice.pick([most, Math.min(most, 9), Math.min(most, 300)]));
  const trial = (
    kind: string,
    input: NamedBytes[],
    rest: Pick<Trial<NamedBytes[], LabelledImages>, 'expected' | 'check'>,
  ) => ({ kind, input, files: filesOf(input), ...rest });
  if (dice.chance(0.45)) {
    // Two pixels that say that the values go up to 255.
    known.pixels.set([0, 255]);
    const input = packed(dice, imageFile(dice, known), labelFile(dice, known.labels, type));
    return trial(`valid, labels ${type}`, input, {
      expected: 'accepted',
      check: (found) => differenceOf(found, known),
    });
  }
  const images = npyFile(known.pixels, [known.labels.length, ...shape], { ...PLAIN, type: 'u1' });
  if (dice.chance(0.25)) {
    const bad = dice.pick([65_536, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e15]);
    const labels = npyFile([...known.labels.slice(1), bad], [known.labels.length], { ...PLAIN, type: 'f8' });
    return trial(`a label ${bad}`, packed(dice, images, labels), { expected: 'refused', check: nonsenseIn });
  }
  if (dice.chance(0.15)) {
    const values = Array.from(known.pixels, (value) => value / 255).with(
      0,
      dice.pick([-1, 256, Number.NaN, 1e30]),
    );
    const wrong = npyFile(values, [known.labels.length, ...shape], { ...PLAIN, type: 'f8' });
    return trial('a pixel that is none', packed(dice, wrong, labelFile(dice, known.labels, type)), {
      expected: 'refused',
      check: nonsenseIn,
    });
  }
  if (dice.chance(0.1)) {
    const more = [...known.labels, ...known.labels];
    return trial('too many labels', packed(dice, images, labelFile(dice, more, type)), {
      expected: 'refused',
      check: nonsenseIn,
    });
  }
  const labels = npyFile(known.labels, [known.labels.length], { ...PLAIN, type });
  const isImages = dice.chance(0.5);
  const broken = damaged(isImages ? images : labels, dice);
  const pair: [Uint8Array, Uint8Array] = isImages ? [broken.value, labels] : [images, broken.value];
  return trial(`damaged: ${broken.how}`, packed(dice, ...pair), {
    expected: 'either',
    check: (found) => {
      const own = strictly(...pair);
      return own === null ? nonsenseIn(found) : differenceOf(found, own);
    },
  });
}

/** Images and labels as NumPy arrays, in two files or in a `.npz`. */
export const arrays: Reader<NamedBytes[], LabelledImages> = {
  id: 'arrays',
  share: 8,
  floors: { accepted: 0.3, refused: 0.2, codes: ['truncated', 'wrong_format', 'missing', 'mismatch'] },
  generate,
  read(files) {
    const found = readDropped(files);
    if (found.kind === 'images') return found.images;
    throw new Refusal('pictures', '');
  },
};
