import type { LabelledImages, NamedBytes } from '../../src/data';
import { firstDifference, firstOf } from './bytes';
import type { Dice } from './dice';

/** Images with the values that the generator gave them. */
export interface KnownImages {
  readonly shape: readonly [number, number, number];
  /** NHWC, a byte a value. */
  readonly pixels: Uint8Array;
  readonly labels: readonly number[];
}

export function knownImages(dice: Dice, shape: KnownImages['shape'], mostLabel: number): KnownImages {
  const count = dice.between(1, 6);
  const [height, width, channels] = shape;
  return {
    shape,
    pixels: dice.bytes(count * height * width * channels),
    labels: dice.list(count, () => (dice.chance(0.3) ? mostLabel : dice.below(mostLabel + 1))),
  };
}

/** What a set of images can never be. */
export function nonsenseIn({ shape, count, pixels, labels }: LabelledImages): string | null {
  const [height, width, channels] = shape;
  if (!shape.every((size) => Number.isInteger(size) && size > 0)) return `a shape of ${shape.join('x')}`;
  if (channels !== 1 && channels !== 3) return `${channels} channels`;
  if (!(Number.isInteger(count) && count > 0)) return `${count} images`;
  if (pixels.length !== count * height * width * channels) {
    return `${pixels.length} bytes of pixels for ${count} images of ${shape.join('x')}`;
  }
  if (labels.length !== count) return `${labels.length} labels for ${count} images`;
  return null;
}

/** Where found images differ from the generator's own. */
export function differenceOf(found: LabelledImages, known: KnownImages): string | null {
  return firstOf(
    nonsenseIn(found),
    firstDifference('side', found.shape, known.shape),
    firstDifference('label', found.labels, known.labels),
    firstDifference('pixel', found.pixels, known.pixels),
  );
}

/** Files to be kept, by name. */
export const filesOf = (given: readonly NamedBytes[]): Record<string, Uint8Array> =>
  Object.fromEntries(given.map(({ name, bytes }) => [name, bytes]));
