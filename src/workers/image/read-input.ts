import { fromNpy, ImageError } from '../../image';
import type { ReadInputResult } from '../protocol/images';
import { hashInput } from './hash';

/** What is wrong with the file comes back as data. See `ImageApi.readInput`. */
export async function readInput(npy: Blob): Promise<ReadInputResult> {
  try {
    const { shape, data } = fromNpy(new Uint8Array(await npy.arrayBuffer()));
    return { ok: true, shape, data, sha256: hashInput(data) };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}
