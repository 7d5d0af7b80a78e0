/** Moves positions apart, as little as needed, so that neighbours keep `gap` and all stay within [min, max]. */
export function spread(positions: readonly number[], gap: number, min: number, max: number): number[] {
  const order = positions
    .map((_, i) => i)
    .sort((a, b) => (positions[a] as number) - (positions[b] as number));
  const placed = [...positions];
  let floor = min;
  for (const i of order) {
    placed[i] = Math.max(placed[i] as number, floor);
    floor = (placed[i] as number) + gap;
  }
  let ceiling = max;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i] as number, ceiling);
    ceiling = (placed[i] as number) - gap;
  }
  return placed;
}

/**
 * Places texts of the given widths, each centred as near to its position as the others allow: none overlaps, all within
 * [min, max]. Gives their centres.
 */
export function spreadTexts(
  positions: readonly number[],
  widths: readonly number[],
  min: number,
  max: number,
): number[] {
  const order = positions
    .map((_, i) => i)
    .sort((a, b) => (positions[a] as number) - (positions[b] as number));
  const half = (i: number): number => (widths[i] as number) / 2;
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
