import { type Crop, fromNpy, ImageError, isNpy, prepareImage, takesCrop } from '../image';
import { notPng } from '../node/decode-given';
import { decodePng, isPng } from '../node/decode-png';
import { hashInput } from '../workers/image/hash';
import type { ModelFacts } from '../workers/models/card';
import { inputError, usageError } from './errors';
import { readBounded } from './read-file';

/** A picture as a model sees it. */
export interface Picture {
  /** d values, NHWC with N = 1. */
  readonly x: Float32Array;
  readonly sha256: string;
  /** Size of the source picture. */
  readonly width: number;
  readonly height: number;
}

/** Of a picture's file. */
const MOST_BYTES = 2 ** 29;

function decodePicture(bytes: Uint8Array, input: ModelFacts['input'], crop?: Crop): Omit<Picture, 'sha256'> {
  if (isPng(bytes)) {
    if (crop !== undefined && !takesCrop(input.preparation)) {
      throw usageError('This model finds what matters in the picture by itself; leave --crop out.');
    }
    const image = decodePng(bytes);
    return { x: prepareImage(image, input, crop).data, width: image.width, height: image.height };
  }
  if (isNpy(bytes) && crop !== undefined) {
    throw usageError('A model’s input as .npy is used as it is; leave --crop out.');
  }
  if (isNpy(bytes)) return { x: readPrepared(bytes, input), width: input.shape[1], height: input.shape[0] };
  throw new ImageError(
    'undecodable',
    notPng(bytes, 'a PNG, or the model’s input as .npy, as the page exports it'),
  );
}

/** The values of a prepared input; [H, W, C] with ones before it or, for one channel, without its last axis. */
function readPrepared(bytes: Uint8Array, { shape, range }: ModelFacts['input']): Float32Array {
  const array = fromNpy(bytes);
  const [lo, hi] = range;
  const isOne = (length: number): boolean => length === 1;
  const core = (lengths: readonly number[]): string => lengths.filter((length) => !isOne(length)).join();
  if (core(array.shape) !== core(shape)) {
    throw new ImageError(
      'undecodable',
      `This .npy file holds an array of shape [${array.shape.join(', ')}] and the model takes [${shape.join(', ')}].`,
    );
  }
  if (!array.data.every((value) => value >= lo && value <= hi)) {
    throw new ImageError(
      'undecodable',
      `This .npy file has values outside the model’s range, ${lo} to ${hi}; scale them first.`,
    );
  }
  return array.data;
}

/** Reads a PNG, or a prepared input as .npy. Throws a CliError that names the file. */
export async function readPicture(path: string, input: ModelFacts['input'], crop?: Crop): Promise<Picture> {
  const bytes = await readBounded(path, MOST_BYTES);
  try {
    const picture = decodePicture(bytes, input, crop);
    return { ...picture, sha256: hashInput(picture.x) };
  } catch (error) {
    if (error instanceof ImageError) throw inputError(`${path}: ${error.message}`, error);
    throw error;
  }
}
