import * as tf from '@tensorflow/tfjs';

/** Numbers that a function takes besides its input, by name. */
export type Parameters = Readonly<Record<string, number | null>>;

type Pointwise = (x: tf.Tensor, parameters: Parameters) => tf.Tensor;

const number = (value: number | null | undefined, otherwise: number): number => value ?? otherwise;

/** max(x, 0), with tfjs's own kernel and its gradient. */
const positive = (x: tf.Tensor): tf.Tensor => tf.relu(x);

const clipped = (x: tf.Tensor, least: number, most: number): tf.Tensor => tf.clipByValue(x, least, most);

/** x where it is at least the threshold, at most `max`; slope * (x - threshold) below. Keras's ReLU. */
const rectifier: Pointwise = (x, { slope, threshold, max }) => {
  const [a, from] = [number(slope, 0), number(threshold, 0)];
  // No step at 0, where x is continuous.
  const above = from === 0 ? positive(x) : tf.mul(x, tf.sub(1, tf.step(tf.sub(from, x))));
  const bounded = max === null || max === undefined ? above : clipped(above, 0, max);
  if (a === 0) return bounded;
  return tf.sub(bounded, tf.mul(a, positive(tf.sub(from, x))));
};

/** alpha (exp(x) - 1) below 0, x above. */
const elu: Pointwise = (x, { alpha }) =>
  tf.add(positive(x), tf.mul(number(alpha, 1), tf.expm1(tf.neg(positive(tf.neg(x))))));

/** alpha (exp(x / alpha) - 1) below 0, x above. Barron, arXiv 1704.07483. */
const celu: Pointwise = (x, { alpha }) => {
  const a = number(alpha, 1);
  return tf.add(positive(x), tf.mul(a, tf.expm1(tf.div(tf.neg(positive(tf.neg(x))), a))));
};

/** x / 6 + 1/2, cut to [0, 1]: Keras 3's; Keras 2 has x / 5 + 1/2. */
const hardSigmoid: Pointwise = (x) => clipped(tf.add(tf.div(x, 6), 0.5), 0, 1);

const softThreshold = (x: tf.Tensor, threshold: number): tf.Tensor =>
  tf.sub(positive(tf.sub(x, threshold)), positive(tf.sub(tf.neg(x), threshold)));

/** By names of our own; formulas as in Keras 3's `activations`. */
export const FUNCTIONS = {
  rectifier,
  elu,
  celu,
  hardSigmoid,
  hardSilu: (x) => tf.mul(x, hardSigmoid(x, {})),
  exponential: (x) => tf.exp(x),
  hardTanh: (x) => clipped(x, -1, 1),
  tanhShrink: (x) => tf.sub(x, tf.tanh(x)),
  softShrink: (x) => softThreshold(x, 0.5),
  hardShrink: (x) => tf.mul(x, tf.step(tf.sub(tf.abs(x), 0.5))),
  squareplus: (x) => tf.div(tf.add(x, tf.sqrt(tf.add(tf.square(x), 4))), 2),
  sparsePlus: (x) => {
    // 0 up to -1, (x + 1)^2 / 4 up to 1, x beyond.
    const middle = clipped(x, -1, 1);
    return tf.add(tf.div(tf.square(tf.add(middle, 1)), 4), positive(tf.sub(x, 1)));
  },
  sparseSigmoid: (x) => clipped(tf.div(tf.add(x, 1), 2), 0, 1),
  logSigmoid: (x) => tf.neg(tf.softplus(tf.neg(x))),
  softmaxAlong: (x, { axis }) => {
    const along = (number(axis, -1) + x.rank) % x.rank;
    const order = x.shape.map((_, i) => (i === along ? x.rank - 1 : i === x.rank - 1 ? along : i));
    return tf.transpose(tf.softmax(tf.transpose(x, order)), order);
  },
} satisfies Readonly<Record<string, Pointwise>>;

export type FunctionName = keyof typeof FUNCTIONS;
