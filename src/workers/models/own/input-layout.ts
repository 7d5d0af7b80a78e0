import { EngineError } from '../../errors';

/** How a network lies over a picture of height, width and channels. */
export interface InputLayout {
  /** What is known of [height, width, channels]; null is a person's to say. */
  readonly shape: readonly [number | null, number | null, number | null];
  readonly channelsFirst: boolean;
  /** The network takes rows of so many values instead of pictures. */
  readonly flat: number | null;
  /** The network's own shape of one input, null where any size goes. */
  readonly given: readonly (number | null)[];
}

const isChannels = (size: number | null | undefined): boolean => size === 1 || size === 3;

/** @param given the shape of one input, without the batch. Throws EngineError model_unsupported. */
export function readInputLayout(given: readonly (number | null)[]): InputLayout {
  const [a = null, b = null, c = null] = given;
  const layout = { channelsFirst: false, flat: null, given };
  if (given.length === 3) {
    if (isChannels(c) || c === null) return { ...layout, shape: [a, b, c] };
    if (isChannels(a)) return { ...layout, channelsFirst: true, shape: [b, c, a] };
    throw unsupported(`pictures of ${c} channels, where a picture has 1 or 3`);
  }
  if (given.length === 2) return { ...layout, shape: [a, b, 1] };
  if (given.length === 1 && a !== null) {
    for (const channels of [1, 3] as const) {
      const side = Math.sqrt(a / channels);
      if (Number.isInteger(side) && side >= 4) return { ...layout, flat: a, shape: [side, side, channels] };
    }
    throw unsupported(`${a} numbers, which are no square picture in grey or colour`);
  }
  throw unsupported(
    given.length === 1
      ? 'lists of any length'
      : `inputs of ${given.length} dimensions, where a picture has 3`,
  );
}

function unsupported(takes: string): EngineError {
  return new EngineError(
    'model_unsupported',
    `This network takes ${takes}; Probust is for classifiers of pictures.`,
  );
}

/** The network's shape of one input for pictures of this size. Throws EngineError bad_request if they do not fit. */
export function shapeFor(
  { shape, channelsFirst, flat, given }: InputLayout,
  [height, width, channels]: readonly [number, number, number],
): number[] {
  const wanted = [height, width, channels];
  const fits =
    flat === null
      ? shape.every((size, i) => size === null || size === wanted[i])
      : height * width * channels === flat;
  if (!fits) {
    const takes = flat === null ? shape.map((size) => size ?? 'any').join(' x ') : `${flat} values in all`;
    throw new EngineError('bad_request', `The model takes ${takes}, not ${wanted.join(' x ')}.`);
  }
  if (flat !== null) return [flat];
  if (given.length === 2) return [height, width];
  return channelsFirst ? [channels, height, width] : wanted;
}
