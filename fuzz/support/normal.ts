/** Normal probabilities, independent of the product's: a series near 0, a continued fraction in the tails. */

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
const TERMS = 200;

const density = (x: number): number => Math.exp(-0.5 * x * x - HALF_LOG_2PI);

/** P(Z <= x). Marsaglia, "Evaluating the normal distribution", JSS 11(4), 2004: the Taylor series about 0. */
export function normalCdf(x: number): number {
  if (x < -6) return density(x) / tailFraction(-x);
  if (x > 6) return 1 - normalCdf(-x);
  let [sum, term] = [x, x];
  for (let i = 3; i < TERMS && Math.abs(term) > 1e-18 * Math.abs(sum); i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * density(x);
}

/** x + 1/(x + 2/(x + 3/(x + ...))) */
function tailFraction(x: number): number {
  let fraction = x;
  for (let k = 60; k > 0; k--) fraction = x + k / fraction;
  return fraction;
}

/** P(Z_i <= z_i for all i) where correlations are b_i b_j: given the factor all are independent. Trapezoidal rule. */
export function oneFactorCdf(z: readonly number[], b: readonly number[]): number {
  const step = 1 / 64;
  let sum = 0;
  for (let x = -12; x <= 12; x += step) {
    let product = density(x);
    for (let i = 0; i < z.length; i++) {
      const loading = b[i] as number;
      product *= normalCdf(((z[i] as number) - loading * x) / Math.sqrt(1 - loading * loading));
    }
    sum += product;
  }
  return sum * step;
}
