import { callClass } from '../calls';
import type { EstimatorContext } from '../definition';
import { assertFinite } from '../model';
import { assertRequest, RequestError } from '../request';
import { type DangerousPlane, dangerousPlane, planeExtent } from './plane';

/** The margin of a class over a square in the most dangerous plane through an input. */
export interface MarginLandscape {
  readonly plane: DangerousPlane;
  /** n offsets from x, symmetric about 0, in pixel units: the same along u and along v. */
  readonly offsets: Float64Array;
  /** n x n, row i at offsets[i] along v, column j at offsets[j] along u: min_i g_i = f_t - max f_i. */
  readonly margins: Float32Array;
  /** n x n: the class called there; where t ties, the other. */
  readonly called: Int32Array;
  /** Forward passes, and input gradients of single logits. */
  readonly evaluations: number;
  readonly gradients: number;
  readonly ms: number;
}

export type LandscapeContext = Pick<
  EstimatorContext,
  'classifier' | 'x' | 'target' | 'seed' | 'linearisation' | 'now'
>;

/** Points along a side; odd, so that x is one of them. */
const LANDSCAPE_STEPS = 41;
const STEPS_RANGE = { min: 3, max: 201 } as const;
/** Inputs in one pass, by rows and by values. */
const MOST_ROWS = 256;
const MOST_VALUES = 2 ** 22;

/**
 * min_i g_i over x + a u + b v, where u and v span the two most dangerous gradient directions at x. Its zero level is the
 * decision boundary. Yields the share done in [0, 1] after each batch; null where no margin has a gradient.
 * @param sigma the radius that the square is to show: see `planeExtent`
 * @throws RequestError for what does not fit the model, ClassifierError for values that are not finite.
 */
export async function* marginLandscape(
  context: LandscapeContext,
  sigma: number,
  steps = LANDSCAPE_STEPS,
): AsyncGenerator<number, MarginLandscape | null, undefined> {
  assertRequest({ ...context, sigmas: [sigma] });
  if (!(Number.isInteger(steps) && steps % 2 === 1 && steps >= STEPS_RANGE.min && steps <= STEPS_RANGE.max)) {
    throw new RequestError(
      `A landscape has an odd number of steps from ${STEPS_RANGE.min} to ${STEPS_RANGE.max}, not ${steps}.`,
    );
  }
  const { classifier, x, target, seed, now } = context;
  const { value: clean, ms } = await context.linearisation();
  const start = now();
  const plane = dangerousPlane(clean, target, seed);
  if (plane === null) return null;
  const extent = planeExtent(plane, sigma);
  const middle = (steps - 1) / 2;
  const offsets = Float64Array.from({ length: steps }, (_, i) => (extent * (i - middle)) / middle);

  const { inputLength: d, classCount: K } = classifier;
  const count = steps * steps;
  const margins = new Float32Array(count);
  const called = new Int32Array(count);
  const rows = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / d)));
  for (let done = 0; done < count; done += rows) {
    const size = Math.min(rows, count - done);
    const inputs = new Float32Array(size * d);
    for (let r = 0; r < size; r++) {
      const a = offsets[(done + r) % steps] as number;
      const b = offsets[Math.floor((done + r) / steps)] as number;
      for (let j = 0; j < d; j++) {
        inputs[r * d + j] = (x[j] as number) + a * (plane.u[j] as number) + b * (plane.v[j] as number);
      }
    }
    const logits = await classifier.logits(inputs);
    assertFinite(logits, 'logits');
    for (let r = 0; r < size; r++) {
      const found = callClass(logits.subarray(r * K, (r + 1) * K), target);
      margins[done + r] = found.margin;
      called[done + r] = found.called;
    }
    yield (done + size) / count;
  }
  return { plane, offsets, margins, called, evaluations: 1 + count, gradients: K, ms: ms + now() - start };
}
