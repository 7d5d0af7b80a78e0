/**
 * Places things of the given sizes, each with its middle as near to its position as the others allow: none overlaps, all
 * within [min, max]. Gives their middles.
 */
export function spreadOut(
  positions: readonly number[],
  sizes: readonly number[],
  min: number,
  max: number,
): number[] {
  const order = positions
    .map((_, i) => i)
    .sort((a, b) => (positions[a] as number) - (positions[b] as number));
  const half = (i: number): number => (sizes[i] as number) / 2;
  const placed = [...positions];
  let floor = min;
  for (const i of order) {
    placed[i] = Math.max(placed[i] as number, floor + half(i));
    floor = (placed[i] as number) + half(i);
  }
  let ceiling = max;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i] as number, ceiling - half(i));
    ceiling = (placed[i] as number) - half(i);
  }
  return placed;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Moves texts up or down, as little as needed in order of their height, until none overlaps another. Gives their middles. */
export function spreadBoxes(boxes: readonly Box[], height: number, top: number, bottom: number): number[] {
  const placed: (number | undefined)[] = boxes.map(() => undefined);
  const isFree = (i: number, y: number): boolean =>
    boxes.every((other, j) => {
      const own = boxes[i] as Box;
      const at = placed[j];
      return (
        at === undefined ||
        Math.abs(at - y) >= height ||
        own.x >= other.x + other.width ||
        other.x >= own.x + own.width
      );
    });
  const order = boxes.map((_, i) => i).sort((a, b) => (boxes[a] as Box).y - (boxes[b] as Box).y);
  for (const i of order) {
    const { y } = boxes[i] as Box;
    const within = (at: number): number => Math.min(bottom, Math.max(top, at));
    const tries = Array.from({ length: 4 * boxes.length }, (_, k) =>
      within(y + (k % 2 === 0 ? 1 : -1) * Math.ceil(k / 2) * (height / 2)),
    );
    placed[i] = tries.find((at) => isFree(i, at)) ?? within(y);
  }
  return placed as number[];
}
