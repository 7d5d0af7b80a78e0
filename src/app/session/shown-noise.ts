import { LruCache } from '../../estimators/lru-cache';
import { images } from './workers';

/** Numbers that are kept: ten pictures of CIFAR-10's size, and more of digits. */
const CAPACITY = 4_000_000;

const known = new LruCache<Float32Array>(CAPACITY, ({ length }) => length);

interface Wanted {
  readonly seed: number;
  readonly count: number;
  /** Values of a picture. */
  readonly length: number;
}

const keyOf = ({ seed, count, length }: Wanted): string => [seed, count, length].join();

/** The standard normals of copies 0 ... count-1, one row a copy, if they were asked for before. All radii share them. */
export const recallNormals = (wanted: Wanted): Float32Array | undefined => known.get(keyOf(wanted));

/** The same, made by the image worker: the page would stand still meanwhile. */
export async function getNormals(wanted: Wanted): Promise<Float32Array> {
  const recalled = recallNormals(wanted);
  if (recalled !== undefined) return recalled;
  const normals = await images.normals(wanted.seed, wanted.count, wanted.length);
  known.set(keyOf(wanted), normals);
  return normals;
}
