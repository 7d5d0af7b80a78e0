import { images } from '../engine/client';
import { Query } from './query';

export interface NormalsRequest {
  readonly seed: number;
  readonly count: number;
  /** Values of a picture. */
  readonly length: number;
}

/**
 * The standard normals of copies 0 ... count-1, one row a copy, which all radii share. The image worker makes them: the
 * page would stand still meanwhile.
 */
export const normalsQuery = new Query<NormalsRequest, Float32Array | null>({
  // Those of a large picture take 60 MB.
  capacity: 2,
  empty: null,
  key: ({ seed, count, length }) => [seed, count, length].join(),
  async *run({ seed, count, length }, parts) {
    const normals = await images.normals(seed, count, length);
    yield { change: () => normals, finished: parts };
  },
});
