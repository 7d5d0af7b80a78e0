import { normalCdf } from '../math/normal';

const RELATIVE_TOLERANCE = 1e-14;

/**
 * Integral of f over [a, b] by the tanh-sinh rule, halving the step until it settles.
 * Source: Takahasi and Mori, Publ. RIMS 9 (1974).
 */
function tanhSinh(f: (x: number) => number, a: number, b: number): number {
  const half = 0.5 * (b - a);
  const term = (t: number): number => {
    const q = Math.exp(-Math.PI * Math.sinh(t));
    const fromEnd = (2 * half * q) / (1 + q);
    const weight = (2 * Math.PI * Math.cosh(t) * q * half) / (1 + q) ** 2;
    return weight * (f(a + fromEnd) + f(b - fromEnd));
  };
  let step = 0.5;
  let sum = 0.25 * Math.PI * half * 2 * f(a + half);
  const reach = 4;
  for (let t = step; t <= reach; t += step) sum += term(t);
  let previous = sum * step;
  for (let level = 0; level < 9; level++) {
    step *= 0.5;
    for (let t = step; t <= reach; t += 2 * step) sum += term(t);
    const next = sum * step;
    if (level > 1 && Math.abs(next - previous) <= RELATIVE_TOLERANCE * Math.abs(next)) return next;
    previous = next;
  }
  return previous;
}

/**
 * P(X <= a, Y <= b) for standard normals of correlation rho in [-1, 1], from Plackett's identity
 * d/drho P = phi2(a, b; rho) (Biometrika 41, 1954), integrated in theta = asin(rho). For rho < 0 it starts from rho = -1,
 * so that all terms are positive and the tail keeps its relative accuracy.
 */
export function bivariateNormalCdf(a: number, b: number, rho: number): number {
  if (a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY) return 0;
  if (a === Number.POSITIVE_INFINITY) return normalCdf(b);
  if (b === Number.POSITIVE_INFINITY) return normalCdf(a);
  const theta = Math.asin(Math.min(1, Math.max(-1, rho)));
  // (a^2 + b^2 - 2ab sin t) / (2 cos^2 t), split so that nothing cancels at either end of the range.
  const density = (t: number): number => {
    const sine = Math.sin(t);
    const gap = sine >= 0 ? a - b : a + b;
    const product = sine >= 0 ? (a * b) / (1 + sine) : (-a * b) / (1 - sine);
    const ratio = gap === 0 ? 0 : gap / Math.cos(t);
    return Math.exp(-0.5 * ratio * ratio - product);
  };
  if (rho >= 0) {
    return Math.min(
      normalCdf(Math.min(a, b)),
      normalCdf(a) * normalCdf(b) + tanhSinh(density, 0, theta) / (2 * Math.PI),
    );
  }
  const atMinusOne = b > -a ? (a < b ? normalCdf(a) - normalCdf(-b) : normalCdf(b) - normalCdf(-a)) : 0;
  return atMinusOne + tanhSinh(density, -Math.PI / 2, theta) / (2 * Math.PI);
}
