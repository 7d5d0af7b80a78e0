import { DataError } from './errors';
import type { LabelledImages } from './labelled-images';

const SIZE = 32;
const CHANNELS = 3;
const PLANE = SIZE * SIZE;
/** Bytes of an image and its label. */
export const CIFAR_RECORD = 1 + CHANNELS * PLANE;
const CLASSES = 10;

/**
 * Reads a file of CIFAR-10's binary version: records of 3073 bytes, the label and then the red, green and blue planes,
 * row-major. Source: www.cs.toronto.edu/~kriz/cifar.html.
 * @throws DataError `wrong_format` or `truncated`, naming the file.
 */
export function parseCifar10(bytes: Uint8Array, name: string): LabelledImages {
  const count = Math.floor(bytes.length / CIFAR_RECORD);
  const rest = bytes.length - count * CIFAR_RECORD;
  if (count === 0 || rest !== 0) {
    throw new DataError(
      'truncated',
      `${name} is no whole number of CIFAR-10 records of ${CIFAR_RECORD} bytes: ${rest} are left over after ${count}.`,
    );
  }
  const labels = new Uint16Array(count);
  const pixels = new Uint8Array(count * CHANNELS * PLANE);
  for (let i = 0; i < count; i++) {
    const from = i * CIFAR_RECORD;
    const label = bytes[from] as number;
    if (label >= CLASSES) {
      throw new DataError(
        'wrong_format',
        `${name} is not of CIFAR-10’s binary version: record ${i} has the label ${label}.`,
      );
    }
    labels[i] = label;
    const to = i * CHANNELS * PLANE;
    for (let c = 0; c < CHANNELS; c++) {
      const plane = from + 1 + c * PLANE;
      for (let p = 0; p < PLANE; p++) pixels[to + CHANNELS * p + c] = bytes[plane + p] as number;
    }
  }
  return { shape: [SIZE, SIZE, CHANNELS], count, pixels, labels };
}
