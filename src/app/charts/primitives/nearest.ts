export type Point = readonly [x: number, y: number];

/** Index of the point nearest to a place, or -1 where none is nearer than `reach`. */
export function nearestPoint(points: readonly Point[], [x, y]: Point, reach: number): number {
  let [best, found] = [reach ** 2, -1];
  for (const [i, [px, py]] of points.entries()) {
    const distance = (px - x) ** 2 + (py - y) ** 2;
    if (distance < best) [best, found] = [distance, i];
  }
  return found;
}

/** Indices of the points from left to right, those above each other from the lowest to the highest on the screen. */
export const leftToRight = (points: readonly Point[]): number[] =>
  points
    .map((_, i) => i)
    .sort((a, b) => {
      const [[ax, ay], [bx, by]] = [points[a] as Point, points[b] as Point];
      return ax - bx || by - ay || a - b;
    });

/** How far each key goes in the order of the points; infinite ones go to its ends. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The place in an order of `count` that a key leads to; undefined for other keys, and where there is nothing. */
export function placeAfterKey(key: string, place: number, count: number): number | undefined {
  const step = STEPS[key];
  if (step === undefined || count === 0) return undefined;
  return Math.min(count - 1, Math.max(0, place + step));
}
