import type { LogitGeometry } from './model';

/** A few units in the last place of float32 logits: a margin that varies no more is constant. */
const LOGIT_ROUNDING = 2 ** -21;

/**
 * Mean and covariance of the logits, less their mean over the classes, from antithetic pairs. The half difference of a
 * pair has mean zero and the half sum has not; the two are uncorrelated, so their covariances add.
 * @param above, below pairs x K logits at x + sigma eps and x - sigma eps. @param keep whether pair j counts.
 */
export function pairGeometry(
  above: ArrayLike<number>,
  below: ArrayLike<number>,
  classCount: number,
  keep: (pair: number) => boolean = () => true,
): LogitGeometry {
  const K = classCount;
  const even: Float64Array[] = [];
  const odd: Float64Array[] = [];
  for (let pair = 0; pair < above.length / K; pair++) {
    if (!keep(pair)) continue;
    const centred = (logits: ArrayLike<number>): Float64Array => {
      const row = Float64Array.from({ length: K }, (_, k) => logits[pair * K + k] as number);
      const mean = row.reduce((sum, value) => sum + value, 0) / K;
      return row.map((value) => value - mean);
    };
    const [a, b] = [centred(above), centred(below)];
    even.push(a.map((value, k) => (value + (b[k] as number)) / 2));
    odd.push(a.map((value, k) => (value - (b[k] as number)) / 2));
  }
  const count = even.length;
  const logits = new Float64Array(K);
  for (const row of even)
    for (let k = 0; k < K; k++) logits[k] = (logits[k] as number) + (row[k] as number) / count;
  const gram = new Float64Array(K * K);
  for (let a = 0; a < K; a++) {
    for (let b = 0; b <= a; b++) {
      let ofSums = 0;
      let ofDifferences = 0;
      for (let j = 0; j < count; j++) {
        const [sums, differences] = [even[j] as Float64Array, odd[j] as Float64Array];
        ofSums +=
          ((sums[a] as number) - (logits[a] as number)) * ((sums[b] as number) - (logits[b] as number));
        ofDifferences += (differences[a] as number) * (differences[b] as number);
      }
      const covariance = ofSums / (count - 1) + ofDifferences / count;
      gram[a * K + b] = covariance;
      gram[b * K + a] = covariance;
    }
  }
  let largest = 0;
  for (let i = 0; i < above.length; i++) {
    largest = Math.max(largest, Math.abs(above[i] as number), Math.abs(below[i] as number));
  }
  return { logits, gram, rounding: (LOGIT_ROUNDING * largest) ** 2 };
}
