import type { Point } from './model';

/** Where a straightened margin is positive: {y : value + gradient . (y - from) > 0}. */
export interface HalfPlane {
  /** The class that the margin is against. */
  readonly against: number;
  readonly from: Point;
  readonly value: number;
  readonly gradient: Point;
}

export function heightAt({ from, value, gradient }: HalfPlane, [x, y]: Point): number {
  return value + gradient[0] * (x - from[0]) + gradient[1] * (y - from[1]);
}

/** What a half-plane leaves of a convex polygon (Sutherland and Hodgman, Comm. ACM 17, 1974). */
export function clip(polygon: readonly Point[], halfPlane: HalfPlane): Point[] {
  return polygon.flatMap((corner, i) => {
    const next = polygon[(i + 1) % polygon.length] as Point;
    const [here, there] = [heightAt(halfPlane, corner), heightAt(halfPlane, next)];
    const kept: Point[] = here > 0 ? [corner] : [];
    if (here > 0 !== there > 0) {
      const share = here / (here - there);
      kept.push([corner[0] + share * (next[0] - corner[0]), corner[1] + share * (next[1] - corner[1])]);
    }
    return kept;
  });
}

/** The boundary line within a square, or null where it passes by or the margin is constant. */
export function boundaryWithin(
  halfPlane: HalfPlane,
  { min, max }: { readonly min: number; readonly max: number },
): readonly [Point, Point] | null {
  const corners: Point[] = [
    [min, min],
    [max, min],
    [max, max],
    [min, max],
  ];
  const ends = corners.flatMap((corner, i): Point[] => {
    const next = corners[(i + 1) % 4] as Point;
    const [here, there] = [heightAt(halfPlane, corner), heightAt(halfPlane, next)];
    if (here > 0 === there > 0) return [];
    const share = here / (here - there);
    return [[corner[0] + share * (next[0] - corner[0]), corner[1] + share * (next[1] - corner[1])]];
  });
  const [one, other] = ends;
  return one === undefined || other === undefined ? null : [one, other];
}

/** The polygon within a square on which all half-planes agree. */
export function intersection(
  halfPlanes: readonly HalfPlane[],
  { min, max }: { readonly min: number; readonly max: number },
): Point[] {
  const square: Point[] = [
    [min, min],
    [max, min],
    [max, max],
    [min, max],
  ];
  return halfPlanes.reduce<Point[]>(clip, square);
}
