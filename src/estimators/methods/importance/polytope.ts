import { dot, type Plane } from '../../plane';

const MAX_SWEEPS = 2000;
const TOLERANCE = 1e-9;

/**
 * The point nearest to the origin with offset + direction . point >= 0 for every plane, null where none was found:
 * coordinate ascent on the dual, whose multipliers stay non-negative. Source: Hildreth, Nav. Res. Logist. Q. 4 (1957).
 */
export function nearestInPolytope(planes: readonly Plane[]): Float64Array | null {
  const n = planes.length;
  const d = planes[0]?.direction.length ?? 0;
  const gram = planes.map(({ direction: a }) => Float64Array.from(planes, ({ direction: b }) => dot(a, b)));
  const multipliers = new Float64Array(n);
  const scale = Math.max(...planes.map(({ offset }) => Math.abs(offset)), 0);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let largest = 0;
    for (const [i, { offset }] of planes.entries()) {
      const row = gram[i] as Float64Array;
      let value = offset;
      for (let j = 0; j < n; j++) value += (row[j] as number) * (multipliers[j] as number);
      const old = multipliers[i] as number;
      const next = Math.max(0, old - value / (row[i] as number));
      multipliers[i] = next;
      largest = Math.max(largest, Math.abs(next - old));
    }
    if (largest <= TOLERANCE * scale) {
      const point = new Float64Array(d);
      for (const [i, { direction }] of planes.entries()) {
        const multiplier = multipliers[i] as number;
        if (multiplier === 0) continue;
        for (let j = 0; j < d; j++) {
          point[j] = (point[j] as number) + multiplier * (direction[j] as number);
        }
      }
      return point;
    }
  }
  return null;
}
