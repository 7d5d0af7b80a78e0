import type { Reader, Trial } from '../reader';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import { askGiven } from '../support/engine';
import {
  BINARY_OPS,
  constantNode,
  type GraphNode,
  graphValues,
  node,
  placeholder,
  UNARY_OPS,
} from '../support/graph';
import { damagedJson, reordered, rewritten } from '../support/json';
import { type Answer, differenceOf, type GivenModel, nonsenseIn, packedModel } from '../support/own-model';
import { type StoredWeight, shards, stored } from '../support/weights';

interface Made {
  readonly shape: readonly [number, number, number];
  readonly nodes: readonly GraphNode[];
  readonly weights: readonly StoredWeight[];
  readonly classes: number;
  /** Name of the last node. */
  readonly output: string;
}

const flatShape = (size: number): StoredWeight => ({
  spec: { name: 'flat_shape', shape: [2], dtype: 'int32' },
  bytes: new Uint8Array(Int32Array.of(-1, size).buffer),
  weight: { name: 'flat_shape', shape: [2], values: [-1, size] },
});

function network(dice: Dice): Made {
  const shape = [dice.between(4, 6), dice.between(4, 6), dice.pick([1, 3] as const)] as const;
  const size = shape[0] * shape[1] * shape[2];
  const weights = [flatShape(size)];
  const nodes = [placeholder(shape), constantNode('flat_shape', 'DT_INT32')];
  const weight = (name: string, sizes: readonly number[], scale: number): string => {
    weights.push(stored(dice, name, sizes, scale));
    nodes.push(constantNode(name));
    return name;
  };
  let last = 'x';
  let width = size;
  const add = (name: string, op: string, second?: string, attr: GraphNode['attr'] = {}): void => {
    nodes.push(node(name, op, second === undefined ? [last] : [last, second], attr));
    last = name;
  };
  const dense = (name: string, units: number): void => {
    const kernel = weight(`${name}/kernel`, [width, units], 1.5 / Math.sqrt(width));
    add(name, 'MatMul', kernel, { transpose_a: { b: false }, transpose_b: { b: false } });
    width = units;
  };
  add('flat', 'Reshape', 'flat_shape', { Tshape: { type: 'DT_INT32' } });
  dense('hidden', dice.between(3, 8));
  for (let i = dice.between(0, 3); i > 0; i--) {
    if (dice.chance(0.5)) add(`unary${i}`, dice.pick(UNARY_OPS));
    else add(`binary${i}`, dice.pick(BINARY_OPS), weight(`constant${i}`, [width], 1));
  }
  const classes = dice.between(2, 5);
  dense('logits', classes);
  if (dice.chance(0.5)) add('bias', 'BiasAdd', weight('bias/values', [classes], 0.3));
  if (dice.chance(0.4)) add('softmax', 'Softmax');
  if (dice.chance(0.4)) add('Identity', 'Identity');
  return { shape, nodes, weights, classes, output: last };
}

function modelOf({ shape, nodes, classes, output }: Made, manifest: readonly object[], dice: Dice): object {
  const dim = (sizes: readonly number[]) => ({ dim: [-1, ...sizes].map((size) => ({ size: String(size) })) });
  const signature = {
    inputs: { x: { name: 'x:0', dtype: 'DT_FLOAT', tensorShape: dim(shape) } },
    outputs: { y: { name: `${output}:0`, dtype: 'DT_FLOAT', tensorShape: dim([classes]) } },
  };
  return {
    format: 'graph-model',
    generatedBy: '2.13.0',
    convertedBy: 'TensorFlow.js Converter v4.22.0',
    ...(dice.chance(0.8) && { signature }),
    modelTopology: { node: nodes, library: {}, versions: { producer: 1087, minConsumer: 12 } },
    weightsManifest: manifest,
  };
}

function generate(dice: Dice): Trial<GivenModel, Answer> {
  const made = network(dice);
  const input = Float32Array.from({ length: made.shape[0] * made.shape[1] * made.shape[2] }, () =>
    dice.real(),
  );
  const range = dice.pick([
    [0, 1],
    [-1, 1],
  ] as const);
  const { manifest, files } = shards(dice, made.weights);
  const model = modelOf(made, manifest, dice);
  const trial = (
    kind: string,
    json: string,
    weights: GivenModel['files'],
    expected: Trial<GivenModel, Answer>['expected'],
    wanted: readonly number[] | null,
  ): Trial<GivenModel, Answer> => {
    const given = { files: packedModel(dice, json, weights, made.classes), input, range };
    const check = (answer: Answer): string | null =>
      nonsenseIn(answer) ?? (wanted === null ? null : differenceOf(answer, wanted));
    return { kind, input: given, files: given.files, expected, check };
  };
  if (dice.chance(0.45)) {
    const values = [...input].map((value) => range[0] + (range[1] - range[0]) * value);
    const own = made.weights.map(({ weight }) => weight);
    const wanted = graphValues(made.output, made.nodes, own, values);
    const text = rewritten(dice.chance(0.5) ? reordered(model, dice) : model, dice);
    return trial('valid', text, files, 'accepted', wanted);
  }
  if (dice.chance(0.2)) {
    const name = dice.pick(Object.keys(files));
    const broken = damaged(files[name] as Uint8Array, dice);
    const isOther = broken.value.length !== (files[name] as Uint8Array).length;
    const others = { ...files, [name]: broken.value };
    return trial(
      `weights damaged: ${broken.how}`,
      JSON.stringify(model),
      others,
      isOther ? 'refused' : 'either',
      null,
    );
  }
  const broken = damagedJson(model, dice);
  return trial(`damaged: ${broken.how}`, broken.value, files, 'either', null);
}

/** A person's own tfjs Graph model, in the engine. */
export const graph: Reader<GivenModel, Answer> = {
  id: 'graph',
  share: 5,
  floors: { accepted: 0.3, refused: 0.2, codes: ['model_format', 'model_incomplete', 'model_unsupported'] },
  generate,
  read: askGiven,
};
