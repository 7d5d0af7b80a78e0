/**
 * P values adjusted for being judged together: those up to alpha are the ones that Holm's procedure rejects, with a
 * chance of at most alpha that any of them is wrong. Source: Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [position, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - position) * (pValues[i] as number)));
    adjusted[i] = largest;
  }
  return adjusted;
}
