import { callClass } from '../../estimators/calls';
import type { ReferenceEvaluation } from '../../estimators/model';
import { Float64Error } from '../float64/forward';
import type { TfjsClassifier } from '../tfjs/classifier';
import { trialInputs } from './trial-inputs';

/** Float32 and float64 logits that differ by more than this share of the largest logit are not of one network. */
const AGREEMENT = 1e-4;
/** Grey pictures with noise, on which a model without calibrated rounding is compared. */
const CALIBRATION_PICTURES = 8;
/** No further picture is compared after so many milliseconds. */
const PATIENCE_MS = 2000;

/** Gives a classifier its float64 form, made when it is first asked for. @param calibrated as in `referenceOf` */
export function offerReference(classifier: TfjsClassifier, calibrated: number | null): void {
  let reference: Promise<ReferenceEvaluation | null> | undefined;
  classifier.reference = () => {
    reference ??= referenceOf(classifier, calibrated);
    return reference;
  };
}

/**
 * The float64 evaluation of a classifier with the rounding of its margins, compared here on noisy grey pictures.
 * Null where a layer has no float64 form, or where the form does not give the network's logits.
 * @param calibrated largest difference of margins seen on real pictures, from the model's card; the larger one counts
 */
export async function referenceOf(
  classifier: TfjsClassifier,
  calibrated: number | null,
): Promise<ReferenceEvaluation | null> {
  const logits = await float64Logits(classifier);
  if (logits === null) return null;
  const start = performance.now();
  let marginError = calibrated ?? 0;
  const d = classifier.inputLength;
  const pictures = trialInputs(CALIBRATION_PICTURES, d);
  for (let i = 0; i < CALIBRATION_PICTURES; i++) {
    if (i > 0 && performance.now() - start > PATIENCE_MS) break;
    const found = await marginDifference(classifier, logits, pictures.subarray(i * d, (i + 1) * d));
    if (found === null) return null;
    marginError = Math.max(marginError, found);
  }
  return { logits, marginError };
}

/** K logits of one input in float64; null where the network has no such form. */
export async function float64Logits({
  network,
  shape,
}: TfjsClassifier): Promise<ReferenceEvaluation['logits'] | null> {
  const forward = await network.float64();
  if (forward === null) return null;
  return async (input) => (await forward({ shape, data: Float64Array.from(input) })).data;
}

/** Largest difference between the margins of any class in float32 and in float64; null where the logits disagree. */
export async function marginDifference(
  classifier: TfjsClassifier,
  logits: ReferenceEvaluation['logits'],
  input: Float32Array,
): Promise<number | null> {
  const single = await classifier.logits(input);
  const exact = await logits(input).catch((error: unknown) => {
    if (error instanceof Float64Error) return null;
    throw error;
  });
  if (exact === null || exact.length !== single.length) return null;
  const scale = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  if (exact.some((value, k) => !(Math.abs(value - (single[k] as number)) <= AGREEMENT * scale))) return null;
  return exact.reduce((most, _, k) => {
    const difference = Math.abs(callClass(exact, k).margin - callClass(single, k).margin);
    return Math.max(most, difference);
  }, 0);
}
