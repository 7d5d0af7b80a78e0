import { gaussianCdf } from '../../src/estimators/gaussian-cdf';
import { NormalSource } from '../../src/estimators/noise/gaussian';
import { matrixOf, oneFactorCdf, oneFactorCorrelation } from '../../tests/support/correlations';

export interface BenchProblem {
  readonly name: string;
  readonly z: Float64Array;
  readonly correlation: Float64Array;
  readonly p: number;
  /** How p is known. */
  readonly known: string;
}

function normals(count: number, seed: number): Float64Array {
  const out = new Float64Array(count);
  new NormalSource(seed, 21).fill(0, out);
  return out;
}

function equicorrelated(n: number, limit: number): BenchProblem {
  const z = new Float64Array(n).fill(limit);
  const loadings = new Array<number>(n).fill(Math.SQRT1_2);
  return {
    name: `n = ${n}, equicorrelated 1/2`,
    z,
    correlation: oneFactorCorrelation(loadings),
    p: oneFactorCdf([...z], loadings),
    known: 'quadrature',
  };
}

function oneFactor(n: number, centre: number): BenchProblem {
  const random = normals(2 * n, n);
  const loadings = Array.from(random.subarray(0, n), (value) => 0.95 * Math.tanh(value));
  const z = random.slice(n).map((value) => centre + 0.5 * value);
  return {
    name: `n = ${n}, one factor`,
    z,
    correlation: oneFactorCorrelation(loadings),
    p: oneFactorCdf([...z], loadings),
    known: 'quadrature',
  };
}

/** Margins of n + 1 logits with random gradients in `inputs` dimensions: singular where n > inputs. */
function margins(n: number, inputs: number, centre: number): BenchProblem {
  const gradients = normals((n + 1) * inputs, inputs);
  const margin = (i: number, k: number): number =>
    (gradients[k] as number) - (gradients[(i + 1) * inputs + k] as number);
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < inputs; k++) sum += margin(i, k) * margin(j, k);
    return sum;
  };
  const correlation = matrixOf(n, (i, j) => dot(i, j) / Math.sqrt(dot(i, i) * dot(j, j)));
  const z = normals(n, 7).map((value) => centre + 0.5 * value);
  const long = gaussianCdf(z, correlation, {
    absoluteTolerance: n > 200 ? 5e-5 : 3e-6,
    relativeTolerance: 1,
    maxPoints: n > 200 ? 50_000 : 10_000_000,
    seed: 424_242,
  });
  return {
    name: `n = ${n}, margins of rank ${Math.min(n, inputs)}`,
    z,
    correlation,
    p: long.p,
    known: `long run of our own, ± ${long.stdErr.toExponential(1)}`,
  };
}

/** A Gaussian random walk stays positive for n steps: no single factor is near. Source: Feller, volume 1, chapter 3. */
function walk(n: number): BenchProblem {
  let p = 1;
  for (let i = 1; i <= n; i++) p *= (2 * i - 1) / (2 * i);
  return {
    name: `n = ${n}, random walk`,
    z: new Float64Array(n),
    correlation: matrixOf(n, (i, j) => Math.sqrt((Math.min(i, j) + 1) / (Math.max(i, j) + 1))),
    p,
    known: 'C(2n, n) / 4^n',
  };
}

/** The problems of one size. */
export function problemsOf(n: number): BenchProblem[] {
  const centre = n < 15 ? 1 : n < 50 ? 1.5 : n < 500 ? 2 : 2.7;
  const ranks = n < 500 ? [n < 50 ? 5 : 10, 784] : [784, 1500];
  return [
    equicorrelated(n, centre),
    oneFactor(n, centre),
    walk(n),
    ...ranks.map((inputs) => margins(n, inputs, centre)),
  ];
}
