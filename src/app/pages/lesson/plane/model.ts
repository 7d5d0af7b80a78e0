import { ClosedFormClassifier } from '../../../../estimators/closed-form';
import weights from './weights.json';

/** A point of the plane: the brightness of both pixels. */
export type Point = readonly [number, number];

export const CLASS_COUNT = 3;
const HIDDEN = weights.hidden.length;

/** In loops: every drag asks for thousands of them. */
function activations(x: ArrayLike<number>): Float64Array {
  const [a, b] = [x[0] as number, x[1] as number];
  const hidden = new Float64Array(HIDDEN);
  for (let h = 0; h < HIDDEN; h++) {
    const row = weights.hidden[h] as number[];
    hidden[h] = Math.tanh((row[0] as number) * a + (row[1] as number) * b + (row[2] as number));
  }
  return hidden;
}

/** The three logits at a point. */
export function logitsAt(x: ArrayLike<number>): Float64Array {
  const hidden = activations(x);
  const logits = new Float64Array(CLASS_COUNT);
  for (let k = 0; k < CLASS_COUNT; k++) {
    const row = weights.output[k] as number[];
    let sum = row[HIDDEN] as number;
    for (let h = 0; h < HIDDEN; h++) sum += (row[h] as number) * (hidden[h] as number);
    logits[k] = sum;
  }
  return logits;
}

/** Their gradients, 3 x 2. */
export function jacobianAt(x: ArrayLike<number>): Float64Array {
  const slopes = activations(x).map((value) => 1 - value * value);
  const jacobian = new Float64Array(CLASS_COUNT * 2);
  for (const [k, row] of weights.output.entries()) {
    for (const [h, [u = 0, v = 0]] of weights.hidden.entries()) {
      const weight = (row[h] as number) * (slopes[h] as number);
      jacobian[2 * k] = (jacobian[2 * k] as number) + weight * u;
      jacobian[2 * k + 1] = (jacobian[2 * k + 1] as number) + weight * v;
    }
  }
  return jacobian;
}

/** A small trained network on pictures of two pixels, as any estimator takes it. `npm run plane-model` trains it. */
export const planeClassifier = new ClosedFormClassifier(2, CLASS_COUNT, logitsAt, jacobianAt);
