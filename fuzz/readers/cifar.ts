import { gzipSync } from 'node:zlib';
import { type LabelledImages, type NamedBytes, readDropped } from '../../src/data';
import { type Reader, Refusal, type Trial } from '../reader';
import { joined } from '../support/bytes';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import { differenceOf, filesOf, type KnownImages, nonsenseIn } from '../support/images';

const PLANE = 1024;
const RECORD = 1 + 3 * PLANE;
const CLASSES = 10;

/** A record: its label, then three planes. Few bytes are drawn; the rest follow from them. */
function record(dice: Dice): Uint8Array {
  const bytes = new Uint8Array(RECORD);
  const [from, step] = [dice.below(256), dice.below(256)];
  for (let i = 1; i < RECORD; i++) bytes[i] = from + step * i + (i >> 8);
  bytes[0] = dice.below(CLASSES);
  return bytes;
}

/** What records hold, NHWC. */
function imagesOf(bytes: Uint8Array): KnownImages {
  const count = bytes.length / RECORD;
  const pixels = new Uint8Array(count * 3 * PLANE);
  for (let i = 0; i < pixels.length; i++) {
    const [image, pixel, channel] = [Math.floor(i / (3 * PLANE)), Math.floor(i / 3) % PLANE, i % 3];
    pixels[i] = bytes[image * RECORD + 1 + channel * PLANE + pixel] as number;
  }
  return {
    shape: [32, 32, 3],
    pixels,
    labels: Array.from({ length: count }, (_, i) => bytes[i * RECORD] as number),
  };
}

function trial(kind: string, input: NamedBytes[], whole: Uint8Array): Trial<NamedBytes[], LabelledImages> {
  const isWhole = whole.length > 0 && whole.length % RECORD === 0;
  const areLabels = isWhole && imagesOf(whole).labels.every((label) => label < CLASSES);
  return {
    kind,
    input,
    files: filesOf(input),
    expected: kind === 'valid' ? 'accepted' : areLabels ? 'either' : 'refused',
    check: (found) => differenceOf(found, imagesOf(whole)) ?? nonsenseIn(found),
  };
}

function generate(dice: Dice): Trial<NamedBytes[], LabelledImages> {
  const batches = dice.list(dice.between(1, 3), () =>
    joined(...dice.list(dice.between(1, 2), () => record(dice))),
  );
  const name = (i: number): string => `data_batch_${i + 1}.bin`;
  if (dice.chance(0.4)) {
    const input = batches.map((bytes, i) =>
      dice.chance(0.3) ? { name: `${name(i)}.gz`, bytes: gzipSync(bytes) } : { name: name(i), bytes },
    );
    return trial('valid', dice.shuffled(input), joined(...batches));
  }
  const which = dice.below(batches.length);
  // Most damage to thousands of pixels only makes other pixels.
  const broken =
    dice.chance(0.3) && batches[which] !== undefined
      ? { how: 'a label that is none', value: batches[which].with(0, dice.between(CLASSES, 255)) }
      : damaged(batches[which] as Uint8Array, dice);
  const changed = batches.with(which, broken.value);
  const input = changed.map((bytes, i) => ({ name: name(i), bytes }));
  return trial(
    `damaged: ${broken.how}`,
    input,
    changed.some((part) => part.length % RECORD !== 0) ? new Uint8Array() : joined(...changed),
  );
}

/** CIFAR-10's binary version. */
export const cifar: Reader<NamedBytes[], LabelledImages> = {
  id: 'cifar',
  share: 3,
  floors: { accepted: 0.3, refused: 0.2, codes: ['truncated', 'wrong_format'] },
  generate,
  read(files) {
    const found = readDropped(files);
    if (found.kind === 'images') return found.images;
    throw new Refusal('pictures', '');
  },
};
