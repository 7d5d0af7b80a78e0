import { isDeepStrictEqual } from 'node:util';
import type { Reader, Trial } from '../reader';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import { askGiven } from '../support/engine';
import { damagedJson, reordered, rewritten } from '../support/json';
import { ACTIVATION_NAMES, sequentialLogits } from '../support/network';
import { type Answer, differenceOf, type GivenModel, nonsenseIn, packedModel } from '../support/own-model';
import { type StoredWeight, shards, stored } from '../support/weights';

interface Made {
  readonly shape: readonly [number, number, number];
  readonly topology: object;
  readonly weights: readonly StoredWeight[];
  readonly classes: number;
}

interface LayerJson {
  readonly class_name: string;
  readonly config: Record<string, unknown>;
}

/** Layers that keep the shape, in the words of Keras 2 or of Keras 3. */
function pointwise(dice: Dice, name: string, width: number, weights: StoredWeight[]): LayerJson {
  const slope = Number(dice.real(0.01, 0.9).toFixed(3));
  return dice.pick<() => LayerJson>([
    () => ({ class_name: 'Activation', config: { name, activation: dice.pick(ACTIVATION_NAMES) } }),
    () => ({ class_name: 'ReLU', config: { name } }),
    () => ({
      class_name: 'ReLU',
      config: { name, max_value: dice.pick([null, 1, 6]), negative_slope: dice.pick([0, 0.1]), threshold: 0 },
    }),
    () => ({
      class_name: 'LeakyReLU',
      config: { name, ...dice.pick([{ alpha: slope }, { negative_slope: slope }, {}]) },
    }),
    () => ({ class_name: 'ELU', config: { name, alpha: 1 } }),
    () => ({ class_name: 'Dropout', config: { name, rate: 0.5, noise_shape: null, seed: null } }),
    () => {
      const config = {
        name,
        axis: -1,
        momentum: 0.99,
        epsilon: 0.001,
        center: dice.chance(0.7),
        scale: dice.chance(0.7),
      };
      const own = [
        ...(config.scale ? ['gamma'] : []),
        ...(config.center ? ['beta'] : []),
        'moving_mean',
        'moving_variance',
      ];
      weights.push(...own.map((suffix) => stored(dice, `${name}/${suffix}`, [width], 1)));
      return { class_name: 'BatchNormalization', config };
    },
  ])();
}

function network(dice: Dice): Made {
  const shape = [dice.between(4, 6), dice.between(4, 6), dice.pick([1, 3] as const)] as const;
  const weights: StoredWeight[] = [];
  const layers: LayerJson[] = [];
  let size = shape[0] * shape[1] * shape[2];
  if (dice.chance(0.5)) {
    const filters = dice.between(2, 4);
    weights.push(
      stored(dice, 'conv/kernel', [3, 3, shape[2], filters], 0.4),
      stored(dice, 'conv/bias', [filters], 0.2),
    );
    layers.push({
      class_name: 'Conv2D',
      config: {
        name: 'conv',
        filters,
        kernel_size: [3, 3],
        strides: [1, 1],
        padding: 'valid',
        data_format: 'channels_last',
        dilation_rate: [1, 1],
        activation: dice.pick(['linear', 'relu', 'tanh']),
        use_bias: true,
      },
    });
    if (dice.chance(0.5)) layers.push(pointwise(dice, 'between', filters, weights));
    size = (shape[0] - 2) * (shape[1] - 2) * filters;
    if (dice.chance(0.4)) {
      layers.push({
        class_name: 'GlobalAveragePooling2D',
        config: { name: 'pool', data_format: 'channels_last' },
      });
      size = filters;
    }
  }
  if (layers.at(-1)?.class_name !== 'GlobalAveragePooling2D') {
    layers.push({ class_name: 'Flatten', config: { name: 'flatten', data_format: 'channels_last' } });
  }
  const units = dice.between(3, 8);
  const dense = (name: string, inputs: number, outputs: number, activation: string): LayerJson => {
    const isBiased = dice.chance(0.8);
    weights.push(stored(dice, `${name}/kernel`, [inputs, outputs], 1.5 / Math.sqrt(inputs)));
    if (isBiased) weights.push(stored(dice, `${name}/bias`, [outputs], 0.3));
    return { class_name: 'Dense', config: { name, units: outputs, activation, use_bias: isBiased } };
  };
  layers.push(dense('hidden', size, units, dice.pick(ACTIVATION_NAMES)));
  layers.push(pointwise(dice, 'last', units, weights));
  const classes = dice.between(2, 5);
  layers.push(dense('head', units, classes, dice.pick(['linear', 'softmax'])));
  const [first] = layers as [LayerJson];
  first.config.batch_input_shape = [null, ...shape];
  first.config.dtype = 'float32';
  return { shape, topology: { class_name: 'Sequential', config: { name: 'net', layers } }, weights, classes };
}

/** What some topology gives for the input, by an independent reading; null where that does not understand it. */
function ownLogits(
  topology: unknown,
  made: Made,
  { input, range: [black, white] }: GivenModel,
): number[] | null {
  const values = [...input].map((value) => black + (white - black) * value);
  return sequentialLogits(
    topology,
    made.weights.map(({ weight }) => weight),
    { shape: made.shape, values },
  );
}

/** The topology in a model.json whose weights are still described as they were; null in any other text. */
function topologyIn(text: string, manifest: readonly object[]): unknown {
  try {
    const { modelTopology, weightsManifest } = JSON.parse(text);
    return isDeepStrictEqual(weightsManifest, manifest) ? modelTopology : null;
  } catch {
    return null;
  }
}

function generate(dice: Dice): Trial<GivenModel, Answer> {
  const made = network(dice);
  const [height, width, channels] = made.shape;
  const input = Float32Array.from({ length: height * width * channels }, () => dice.real());
  const range = dice.pick([
    [0, 1],
    [-1, 1],
    [0, 2],
  ] as const);
  const { manifest, files: weightFiles } = shards(dice, made.weights);
  const rest = { format: 'layers-model', generatedBy: 'keras v2.13.1', convertedBy: null };
  const model = { ...rest, modelTopology: made.topology, weightsManifest: manifest };
  const packed = (text: string, weights = weightFiles): GivenModel => ({
    files: packedModel(dice, text, weights, made.classes),
    input,
    range,
  });
  const trial = (
    kind: string,
    given: GivenModel,
    expected: Trial<GivenModel, Answer>['expected'],
    wanted: readonly number[] | null,
  ) => ({
    kind,
    input: given,
    files: given.files,
    expected,
    check: (answer: Answer) => nonsenseIn(answer) ?? (wanted === null ? null : differenceOf(answer, wanted)),
  });
  if (dice.chance(0.45)) {
    const given = packed(rewritten(dice.chance(0.5) ? reordered(model, dice) : model, dice));
    return trial('valid', given, 'accepted', ownLogits(made.topology, made, given));
  }
  if (dice.chance(0.3)) {
    const name = dice.pick(Object.keys(weightFiles));
    const broken = damaged(weightFiles[name] as Uint8Array, dice);
    const isOther = broken.value.length !== (weightFiles[name] as Uint8Array).length;
    return trial(
      `weights damaged: ${broken.how}`,
      packed(JSON.stringify(model), { ...weightFiles, [name]: broken.value }),
      isOther ? 'refused' : 'either',
      null,
    );
  }
  const broken = damagedJson(model, dice);
  const given = packed(broken.value);
  const topology = topologyIn(broken.value, manifest);
  return trial(`damaged: ${broken.how}`, given, 'either', ownLogits(topology, made, given));
}

/** A person's own tfjs Layers model, in the engine. */
export const layers: Reader<GivenModel, Answer> = {
  id: 'layers',
  share: 6,
  floors: { accepted: 0.3, refused: 0.2, codes: ['model_format', 'model_incomplete', 'model_unsupported'] },
  generate,
  read: askGiven,
};
