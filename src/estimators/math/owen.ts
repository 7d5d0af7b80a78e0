import { normalSmallerTail } from './normal';

/** Nodes and weights of the Gauss-Legendre rule of eight points on [0, 1]. */
const NODES = [
  0.019855071751231912, 0.10166676129318664, 0.2372337950418355, 0.4082826787521751, 0.5917173212478248,
  0.7627662049581645, 0.8983332387068134, 0.9801449282487681,
];
const WEIGHTS = [
  0.05061426814518853, 0.11119051722668721, 0.15685332293894344, 0.18134189168918083, 0.18134189168918083,
  0.15685332293894344, 0.11119051722668721, 0.05061426814518853,
];
const SQUARES = Float64Array.from(NODES, (x) => x * x);
const SHARES = Float64Array.from(WEIGHTS, (weight) => weight / (2 * Math.PI));
const COUNT = NODES.length;

/** Owen's T(h, t/h) for 0 <= t <= h: e^(-h^2/2) / (2 pi) times the integral of e^(-h^2 x^2/2) / (1 + x^2) over [0, t/h]. */
function withinOctant(h: number, t: number): number {
  if (t === 0) return 0;
  const ratio = t / h;
  const square = ratio * ratio;
  const exponent = -0.5 * t * t;
  let sum = 0;
  for (let k = 0; k < COUNT; k++) {
    const s = SQUARES[k] as number;
    sum += ((SHARES[k] as number) * Math.exp(exponent * s)) / (1 + square * s);
  }
  return ratio * Math.exp(-0.5 * h * h) * sum;
}

/**
 * Owen's T(h, t/h): the probability that two standard normals lie beyond a line at distance h > 0 from the origin, in the
 * sector between the line's foot and its point at t. Odd in t and in h, and so 0 where t is; absolute error below 1e-11.
 * Source: Owen, Ann. Math. Stat. 27 (1956).
 */
export function owensT(h: number, t: number): number {
  const sign = h < 0 === t < 0 ? 1 : -1;
  const [height, along] = [Math.abs(h), Math.abs(t)];
  if (along <= height) return sign * withinOctant(height, along);
  const [a, b] = [normalSmallerTail(height), normalSmallerTail(along)];
  return sign * (0.5 * (a + b) - a * b - withinOctant(along, height));
}
