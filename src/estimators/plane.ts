import type { Linearisation } from './model';

/**
 * A margin as an affine function of the offset delta from x: it is positive where offset + direction . delta > 0.
 * The direction is a unit vector, so offset is the signed distance of x from the boundary.
 */
export interface Plane {
  /** The class that the margin is against. */
  readonly other: number;
  readonly direction: Float32Array;
  readonly offset: number;
}

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] as number) * (b[j] as number);
  return sum;
};

/** The half-space where value + gradient . (delta - at) > 0; null without a gradient. */
export function planeThrough(
  other: number,
  value: number,
  gradient: ArrayLike<number>,
  at: ArrayLike<number> | null,
): Plane | null {
  const norm = Math.sqrt(dot(gradient, gradient));
  if (!(norm > 0)) return null;
  const offset = (value - (at === null ? 0 : dot(gradient, at))) / norm;
  return { other, direction: Float32Array.from(gradient, (value) => value / norm), offset };
}

/** The planes of the margins of t in a linearisation at x + at, those without a gradient left out. */
export function marginPlanes(
  { logits, jacobian }: Pick<Linearisation, 'logits' | 'jacobian'>,
  target: number,
  at: Float64Array | null,
): Plane[] {
  const d = jacobian.length / logits.length;
  return Array.from(logits).flatMap((logit, i) => {
    if (i === target) return [];
    const gradient = new Float64Array(d);
    for (let j = 0; j < d; j++) {
      gradient[j] = (jacobian[target * d + j] as number) - (jacobian[i * d + j] as number);
    }
    return planeThrough(i, (logits[target] as number) - logit, gradient, at) ?? [];
  });
}
