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
