/** Small graphs computed in float64, as far as this understands their nodes; independent of tfjs. */

import type { Weight } from './network';

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

const float = { type: 'DT_FLOAT' };

export const placeholder = (shape: readonly number[]): GraphNode => ({
  name: 'x',
  op: 'Placeholder',
  input: [],
  attr: { dtype: float, shape: { shape: { dim: [-1, ...shape].map((size) => ({ size: String(size) })) } } },
});

export const constantNode = (name: string, type = 'DT_FLOAT'): GraphNode => ({
  name,
  op: 'Const',
  input: [],
  attr: { dtype: { type } },
});

export const node = (
  name: string,
  op: string,
  input: readonly string[],
  attr: GraphNode['attr'] = {},
): GraphNode => ({
  name,
  op,
  input,
  attr: { T: float, ...attr },
});

type Values = readonly number[];

const UNARY: Readonly<Record<string, (x: number) => number>> = {
  Identity: (x) => x,
  Relu: (x) => Math.max(0, x),
  Relu6: (x) => Math.min(6, Math.max(0, x)),
  Tanh: Math.tanh,
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Elu: (x) => (x > 0 ? x : Math.expm1(x)),
  Neg: (x) => -x,
  Square: (x) => x * x,
};

export const UNARY_OPS: readonly string[] = Object.keys(UNARY);

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  AddV2: (a, b) => a + b,
  BiasAdd: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Maximum: Math.max,
};

export const BINARY_OPS: readonly string[] = Object.keys(BINARY);

function product(x: Values, weight: Weight): Values {
  const [inputs = 0, units = 0] = weight.shape;
  return Array.from({ length: units }, (_, u) => {
    let sum = 0;
    for (let i = 0; i < inputs; i++) sum += (x[i] as number) * (weight.values[i * units + u] as number);
    return sum;
  });
}

/** What the node of this name gives for one input, its values row-major; a softmax is left off. */
export function graphValues(
  name: string,
  nodes: readonly GraphNode[],
  weights: readonly Weight[],
  x: Values,
): Values {
  const values = (of: string): Values => graphValues(of, nodes, weights, x);
  const { op, input } = nodes.find((each) => each.name === name) as GraphNode;
  const [first = '', second = ''] = input;
  if (op === 'Placeholder') return x;
  if (op === 'Softmax' || op === 'Reshape') return values(first);
  const weight = weights.find((each) => each.name === second);
  if (op === 'MatMul' && weight !== undefined) return product(values(first), weight);
  const unary = UNARY[op];
  if (unary !== undefined) return values(first).map(unary);
  const binary = BINARY[op];
  if (binary === undefined || weight === undefined) throw new RangeError(`no arithmetic for ${op}`);
  return values(first).map((value, i) => binary(value, weight.values[i % weight.values.length] as number));
}
