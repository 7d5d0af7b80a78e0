import { NormalSource } from '../../src/estimators/noise/gaussian';
import type { Pass } from '../../src/workers/backend-info';
import type { Side } from '../support/side';

const INPUTS = 20;
const TOLERANCE = 1e-3;
const ATTEMPTS = 4;

/** The largest difference of each of `rows` rows over the row's largest value. Infinite where one is not finite. */
function relativeDifferences(wanted: Float32Array, found: Float32Array, rows: number): number[] {
  if (found.length !== wanted.length) return Array.from({ length: rows }, () => Number.POSITIVE_INFINITY);
  const width = wanted.length / rows;
  return Array.from({ length: rows }, (_, row) => {
    let largest = 0;
    let difference = 0;
    for (let i = row * width; i < (row + 1) * width; i++) {
      const value = wanted[i] as number;
      largest = Math.max(largest, Math.abs(value));
      difference = Math.max(difference, Math.abs(value - (found[i] as number)));
    }
    const relative = difference / largest;
    return Number.isFinite(relative) ? relative : Number.POSITIVE_INFINITY;
  });
}

/**
 * The largest relative difference between two sides over inputs that are tried until they agree. Where rounding puts
 * the input of a ReLU on the other side of zero, gradients differ at that point though both are right; at another point
 * they do not. So an input beyond the tolerance is drawn again, a few times. Infinite or too large if one never agrees.
 */
async function worstDifference(
  reference: Side,
  side: Side,
  request: { modelId: string; pass: Pass },
  inputLength: number,
): Promise<number> {
  const accepted = new Array<number>(INPUTS).fill(Number.POSITIVE_INFINITY);
  for (let attempt = 0; attempt < ATTEMPTS && !accepted.every((value) => value <= TOLERANCE); attempt++) {
    const normals = new Float32Array(INPUTS * inputLength);
    new NormalSource(11, 0).fill(attempt, normals);
    const inputs = normals.map((normal) => 0.5 + 0.25 * normal);
    const wanted = await reference.evaluate({ ...request, inputs });
    const found = await side.evaluate({ ...request, inputs });
    for (const [row, difference] of relativeDifferences(wanted, found, INPUTS).entries()) {
      if (!((accepted[row] as number) <= TOLERANCE)) accepted[row] = difference;
    }
  }
  return Math.max(...accepted);
}

/** Compares every side with the last one; returns the largest relative difference. Throws if it is beyond 1e-3. */
export async function checkAgreement(
  sides: readonly Side[],
  modelId: string,
  inputLength: number,
  pass: Pass,
): Promise<number> {
  const reference = sides.at(-1);
  if (reference === undefined) throw new RangeError('there is nothing to compare');
  let worst = 0;
  for (const side of sides.slice(0, -1)) {
    const difference = await worstDifference(reference, side, { modelId, pass }, inputLength);
    if (!(difference <= TOLERANCE)) {
      throw new Error(
        `${modelId}, ${pass}: ${side.name} and ${reference.name} differ by ${difference} of the largest value; no time of a wrong answer is of use.`,
      );
    }
    worst = Math.max(worst, difference);
  }
  return worst;
}
