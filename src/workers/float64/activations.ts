/** Activations by tfjs's name, in place on rows of `channels` values. Numbers as tfjs Layers defines them. */
type Activation = (data: Float64Array, channels: number) => void;

const eachValue =
  (f: (value: number) => number): Activation =>
  (data) => {
    for (let i = 0; i < data.length; i++) data[i] = f(data[i] as number);
  };

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

const softmax: Activation = (data, channels) => {
  for (let from = 0; from < data.length; from += channels) {
    const row = data.subarray(from, from + channels);
    const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (let i = 0; i < channels; i++) {
      row[i] = Math.exp((row[i] as number) - largest);
      sum += row[i] as number;
    }
    for (let i = 0; i < channels; i++) row[i] = (row[i] as number) / sum;
  }
};

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  linear: () => {},
  relu: eachValue((value) => Math.max(0, value)),
  relu6: eachValue((value) => Math.min(6, Math.max(0, value))),
  elu: eachValue((value) => (value > 0 ? value : Math.expm1(value))),
  sigmoid: eachValue(sigmoid),
  tanh: eachValue(Math.tanh),
  softplus: eachValue((value) => (value > 30 ? value : Math.log1p(Math.exp(value)))),
  swish: eachValue((value) => value * sigmoid(value)),
  softmax,
};

/** The activation of this name; undefined where there is none here. */
export const activationOf = (name: unknown): Activation | undefined =>
  typeof name === 'string' ? ACTIVATIONS[name] : undefined;
