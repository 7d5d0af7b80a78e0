import { assertFinite, type Calls, type Classifier, type NoisyBatch } from './model';

/** Logits closer than this may be ordered differently by another float32 backend. */
export const NEAR_TIE = 1e-5;

/** The class that K logits call and the target's margin; an exact tie with the target is not the target. */
export function callClass(logits: ArrayLike<number>, target: number): { called: number; margin: number } {
  let bestOther = -1;
  for (let i = 0; i < logits.length; i++) {
    if (i !== target && (bestOther < 0 || (logits[i] as number) > (logits[bestOther] as number)))
      bestOther = i;
  }
  const margin = (logits[target] as number) - (logits[bestOther] as number);
  return { called: margin > 0 ? target : bestOther, margin };
}

/** The same for each row of n x K logits. */
export function callRows(logits: ArrayLike<number>, classCount: number, target: number): Calls {
  const count = logits.length / classCount;
  const called = new Int32Array(count);
  const margins = new Float64Array(count);
  const row = new Float64Array(classCount);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < classCount; k++) row[k] = logits[i * classCount + k] as number;
    const call = callClass(row, target);
    called[i] = call.called;
    margins[i] = call.margin;
  }
  return { called, margins };
}

/** What noisy copies are called, found where the model runs if it can. Throws ClassifierError for logits that are not finite. */
export async function noisyCalls(classifier: Classifier, batch: NoisyBatch, target: number): Promise<Calls> {
  if (classifier.noisyCalls !== undefined) {
    const calls = await classifier.noisyCalls(batch, target);
    assertFinite(calls.margins, 'logits');
    return calls;
  }
  const logits = await classifier.noisyLogits(batch);
  assertFinite(logits, 'logits');
  return callRows(logits, classifier.classCount, target);
}

/** What noisy copies were called. */
export interface CallTally {
  readonly classCounts: number[];
  /** Copies called the target; an exact tie is not. */
  survived: number;
  nearTies: number;
  exactTies: number;
}

/** Adds what some copies are called to the tally. */
export function countCalls(tally: CallTally, { called, margins }: Calls): void {
  for (const [i, margin] of margins.entries()) {
    const k = called[i] as number;
    tally.classCounts[k] = (tally.classCounts[k] as number) + 1;
    if (margin > 0) tally.survived++;
    if (Math.abs(margin) < NEAR_TIE) tally.nearTies++;
    if (margin === 0) tally.exactTies++;
  }
}
