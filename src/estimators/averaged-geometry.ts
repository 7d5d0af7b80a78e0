import { assertFinite, type Classifier, centredGram, identityCotangents, type LogitGeometry } from './model';

/**
 * Logits and their gradients averaged over n inputs, once for each row of weights, found where the model runs if it can.
 * Throws ClassifierError for values that are not finite. @param inputs n x d @param weights rows of n that sum to 1
 */
export async function averagedGeometry(
  classifier: Classifier,
  inputs: Float32Array,
  weights: readonly Float64Array[],
): Promise<LogitGeometry[]> {
  const found =
    (await classifier.averagedGeometry?.(inputs, weights)) ??
    (await fromGradients(classifier, inputs, weights));
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
): Promise<LogitGeometry[]> {
  const { classCount: K, inputLength } = classifier;
  const count = inputs.length / inputLength;
  const identity = identityCotangents(K);
  const cotangents = new Float32Array(count * identity.length);
  for (let i = 0; i < count; i++) cotangents.set(identity, i * identity.length);
  const { logits, gradients } = await classifier.gradients(inputs, cotangents);
  return weights.map((row) => ({
    logits: weightedSum(logits, row),
    gram: centredGram(weightedSum(gradients, row), K),
  }));
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
