import { ClosedFormClassifier } from '../../../estimators/closed-form';
import weights from './weights.json';

/** A point of the plane: the brightness of both pixels. */
export type Point = readonly [number, number];

export const CLASS_COUNT = 3;
const HIDDEN = weights.hidden.length;

function activations(x: ArrayLike<number>): Float64Array {
  const [a, b] = [x[0] as number, x[1] as number];
  return Float64Array.from(weights.hidden, ([u = 0, v = 0, bias = 0]) => Math.tanh(u * a + v * b + bias));
}

/** The three logits at a point. */
export function logitsAt(x: ArrayLike<number>): Float64Array {
  const hidden = activations(x);
  return Float64Array.from(weights.output, (row) =>
    hidden.reduce((sum, value, h) => sum + (row[h] as number) * value, row[HIDDEN] as number),
  );
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
