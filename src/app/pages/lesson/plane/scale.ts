import type { Point } from './model';

/** Maps a point of the plane to CSS pixels of its drawing. */
export interface PlaneScale {
  (point: Point): Point;
  /** CSS pixels of a length on the plane. */
  readonly unit: number;
  readonly size: number;
}
