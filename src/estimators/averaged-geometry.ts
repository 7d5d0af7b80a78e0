import {
  assertFinite,
  type Classifier,
  centredGramInSteps,
  identityCotangents,
  type LogitGeometry,
} from './model';
import { inTurns, type Pause } from './steps';

/**
 * Logits and their gradients averaged over n inputs, once for each row of weights, found where the model runs if it can.
 * Throws ClassifierError for values that are not finite. @param inputs n x d @param weights rows of n that sum to 1
 */
export async function averagedGeometry(
  classifier: Classifier,
  inputs: Float32Array,
  weights: readonly Float64Array[],
  pause?: Pause,
): Promise<LogitGeometry[]> {
  const found =
    (await classifier.averagedGeometry?.(inputs, weights)) ??
    (await fromGradients(classifier, inputs, weights, pause));
  for (const { logits, gram } of found) {
    assertFinite(logits, 'logits');
    assertFinite(gram, 'gradients');
  }
  return found;
}

async function fromGradients(
  classifier: Classifier,
  inputs: Float32Array,
  weights: readonly Float64Array[],
  pause?: Pause,
): Promise<LogitGeometry[]> {
  const { classCount: K, inputLength } = classifier;
  const count = inputs.length / inputLength;
  const identity = identityCotangents(K);
  const cotangents = new Float32Array(count * identity.length);
  for (let i = 0; i < count; i++) cotangents.set(identity, i * identity.length);
  const { logits, gradients } = await classifier.gradients(inputs, cotangents);
  const found: LogitGeometry[] = [];
  for (const row of weights) {
    const gram = await inTurns(centredGramInSteps(weightedSum(gradients, row), K), pause);
    found.push({ logits: weightedSum(logits, row), gram });
  }
  return found;
}

/** Sum over the n equal parts of the values, each by its weight. */
export function weightedSum(values: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  const length = values.length / weights.length;
  const sum = new Float64Array(length);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    for (let j = 0; j < length; j++)
      sum[j] = (sum[j] as number) + weight * (values[i * length + j] as number);
  }
  return sum;
}
