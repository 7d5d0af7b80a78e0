import { callRows } from '../calls';
import { assertFinite, type Classifier } from '../model';
import { dot } from '../plane';

/** One perturbation on its way to the boundary against one class. */
export interface Descent {
  /** The class that the margin is taken against. */
  readonly other: number;
  /** The perturbation, d values. */
  readonly delta: Float64Array;
  /** L2 norm that the perturbation is scaled to after the next step. */
  radius: number;
  /** Shortest perturbation so far that changes the class, seen in a forward pass; null before there is one. */
  best: Float64Array | null;
  /** L2 norm of `best`; infinite before there is one. */
  bestRadius: number;
}

/** Length of a step and relative change of the radius after it, as shares of the radius: at the start and at the end. */
const STEP = [1, 0.005] as const;
const CHANGE = [0.05, 0.001] as const;

export function startDescent(other: number, delta: Float64Array, radius: number): Descent {
  return { other, delta, radius, best: null, bestRadius: Number.POSITIVE_INFINITY };
}

/** The descents in order of the shortest perturbation found, those without one by their radius. */
export const shortestFirst = (descents: readonly Descent[]): Descent[] =>
  descents.toSorted((a, b) => {
    if (a.bestRadius !== b.bestRadius) return a.bestRadius < b.bestRadius ? -1 : 1;
    return a.radius - b.radius;
  });

/** A value that falls from the first to the last along half a cosine, at a share of the way in [0, 1]. */
const cosine = ([first, last]: readonly [number, number], share: number): number =>
  last + 0.5 * (first - last) * (1 + Math.cos(Math.PI * share));

/**
 * Descents by decoupled direction and norm (Rony et al., CVPR 2019), all in one pass a step: a step against the margin's
 * gradient, then a radius that shrinks where the class has changed and grows where it has not.
 */
export class DescentBatch {
  evaluations = 0;
  gradients = 0;

  constructor(
    readonly classifier: Classifier,
    readonly x: Float32Array,
    readonly target: number,
  ) {}

  /** @param share of the schedule in [0, 1]: at 0 steps are long, at 1 short */
  async step(descents: readonly Descent[], share: number): Promise<void> {
    const { classifier, x, target } = this;
    const { classCount: K, inputLength: d } = classifier;
    const inputs = new Float32Array(descents.length * d);
    const cotangents = new Float32Array(descents.length * K);
    for (const [i, { delta, other }] of descents.entries()) {
      for (let j = 0; j < d; j++) inputs[i * d + j] = (x[j] as number) + (delta[j] as number);
      cotangents[i * K + target] = -1;
      cotangents[i * K + other] = 1;
    }
    const { logits, gradients } = await classifier.gradients(inputs, cotangents);
    assertFinite(logits, 'logits');
    assertFinite(gradients, 'gradients');
    this.evaluations += descents.length;
    this.gradients += descents.length;
    const { margins } = callRows(logits, K, target);
    for (const [i, descent] of descents.entries()) {
      const isChanged = (margins[i] as number) < 0;
      advance(descent, isChanged, gradients.subarray(i * d, (i + 1) * d), share);
    }
  }
}

function advance(
  descent: Descent,
  isChanged: boolean,
  uphill: Float32Array | Float64Array,
  share: number,
): void {
  const { delta } = descent;
  if (isChanged) {
    const length = Math.sqrt(dot(delta, delta));
    if (length < descent.bestRadius) {
      descent.best = delta.slice();
      descent.bestRadius = length;
    }
  }
  const change = cosine(CHANGE, share);
  descent.radius = Math.min(descent.radius * (isChanged ? 1 - change : 1 + change), descent.bestRadius);
  const slope = Math.sqrt(dot(uphill, uphill));
  const step = slope > 0 ? (descent.radius * cosine(STEP, share)) / slope : 0;
  for (let j = 0; j < delta.length; j++) delta[j] = (delta[j] as number) + step * (uphill[j] as number);
  const length = Math.sqrt(dot(delta, delta));
  if (!(length > 0)) return;
  for (let j = 0; j < delta.length; j++) delta[j] = ((delta[j] as number) * descent.radius) / length;
}
