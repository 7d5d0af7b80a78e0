import { callClass } from '../calls';
import { assertFinite, type Classifier, type ReferenceEvaluation } from '../model';
import { type Crossing, pointAt } from './rays';

/** An input that the model calls another class by more than the rounding of its arithmetic. */
export interface AcceptedPoint {
  readonly point: Float32Array;
  readonly called: number;
  /** The target's logit less the largest of the others, evaluated as `arithmetic` says; below 0. */
  readonly margin: number;
  /** What decided: float64 arithmetic with the same weights, or float32 alone where the model has no float64 form. */
  readonly arithmetic: 'float64' | 'float32';
  /** Forward passes of the classifier, those in float64 among them. */
  readonly evaluations: number;
}

/** How many times the largest rounding seen a margin must be below zero. */
const SAFETY = 10;
/** First step outwards, as a share of the radius; doubled until the point is accepted. */
const FIRST_STEP = 2 ** -22;
/** Cuts in two of the last step, so that the point is hardly further out than it must be. */
const BISECTIONS = 4;
/** Rounding of a margin in float32 as a share of the largest logit, where no float64 form tells. */
const FLOAT32_ROUNDING = 2 ** -21;

/**
 * Moves a crossing outwards along its ray until the class has changed by more than rounding: until the margin is at most
 * -10 times the largest difference between float32 and float64 margins that was seen, at this point or before.
 * @throws Error if no radius up to twice that of the crossing is accepted: the model does not repeat itself
 */
export async function acceptCrossing(
  classifier: Classifier,
  x: Float32Array,
  target: number,
  crossing: Crossing,
): Promise<AcceptedPoint> {
  const reference = (await classifier.reference?.()) ?? null;
  let evaluations = 0;
  /** What float32's margin must be below zero; more where float64 was seen to lie above it. */
  let required = 0;
  /** The point so far outwards if float32 is clear about it. */
  const clearAt = async (extra: number) => {
    const point = pointAt(x, { ...crossing, radius: (1 + extra) * crossing.radius });
    const logits = await classifier.logits(point);
    assertFinite(logits, 'logits');
    evaluations++;
    const single = callClass(logits, target);
    const rounding = reference?.marginError ?? FLOAT32_ROUNDING * largest(logits);
    const isClear = single.margin < 0 && single.margin <= -Math.max(required, SAFETY * rounding);
    return isClear ? { point, single, rounding } : null;
  };
  for (let before = 0, extra = 0; extra <= 1; ) {
    let clear = await clearAt(extra);
    let at = extra;
    for (let [low, i] = [before, 0]; clear !== null && i < BISECTIONS && low < at; i++) {
      const middle = (low + at) / 2;
      const nearer = await clearAt(middle);
      if (nearer === null) low = middle;
      else [at, clear] = [middle, nearer];
    }
    if (clear !== null) {
      const { point, single, rounding } = clear;
      if (reference === null) return { point, ...single, arithmetic: 'float32', evaluations };
      evaluations++;
      const exact = await exactCall(reference, point, target);
      const difference = Math.abs(exact.margin - single.margin);
      const needed = SAFETY * Math.max(rounding, difference);
      if (exact.margin < 0 && exact.margin <= -needed) {
        return { point, ...exact, arithmetic: 'float64', evaluations };
      }
      required = needed + difference;
    }
    before = at;
    if (at === extra) extra = extra === 0 ? FIRST_STEP : 2 * extra;
  }
  throw new Error('The model calls the same input differently from pass to pass.');
}

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

async function exactCall(
  reference: ReferenceEvaluation,
  point: Float32Array,
  target: number,
): Promise<{ readonly called: number; readonly margin: number }> {
  const logits = await reference.logits(point);
  assertFinite(logits, 'logits');
  return callClass(logits, target);
}
