import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { NormalSource } from '../../src/estimators/noise/gaussian';
import type { ModelCard } from '../../src/workers/models/card';

export const RESNET20 = 'resnet20';

const INPUT = [32, 32, 3] as const;
const CLASSES = 10;
const STAGES = [16, 32, 64] as const;
const BLOCKS_A_STAGE = 3;

type Symbolic = tf.SymbolicTensor;

/** A convolution with the batch norm folded into it, so with a bias, and its multiply-accumulates. */
function convolution(x: Symbolic, filters: number, size: number, strides: number, relu: boolean): Symbolic {
  const settings = {
    filters,
    kernelSize: size,
    strides,
    padding: 'same',
    kernelInitializer: 'zeros',
  } as const;
  return tf.layers.conv2d({ ...settings, ...(relu ? { activation: 'relu' } : {}) }).apply(x) as Symbolic;
}

/**
 * ResNet-20 for CIFAR-sized images (He, Zhang, Ren, Sun, arXiv 1512.03385, section 4.2), with 1x1 convolutions as
 * shortcuts where the width changes (their option B). Weights are zero.
 */
function resnet20(): tf.LayersModel {
  const input = tf.input({ shape: [...INPUT] });
  let x = convolution(input, STAGES[0], 3, 1, true);
  for (const [stage, filters] of STAGES.entries()) {
    for (let block = 0; block < BLOCKS_A_STAGE; block++) {
      const narrows = stage > 0 && block === 0;
      const strides = narrows ? 2 : 1;
      const shortcut = narrows ? convolution(x, filters, 1, strides, false) : x;
      const inner = convolution(convolution(x, filters, 3, strides, true), filters, 3, 1, false);
      const sum = tf.layers.add().apply([inner, shortcut]) as Symbolic;
      x = tf.layers.activation({ activation: 'relu' }).apply(sum) as Symbolic;
    }
  }
  const pooled = tf.layers.globalAveragePooling2d({}).apply(x) as Symbolic;
  const logits = tf.layers.dense({ units: CLASSES, kernelInitializer: 'zeros' }).apply(pooled) as Symbolic;
  return tf.model({ inputs: input, outputs: logits });
}

/** Fills kernels with normals of variance 2 / fan-in (He, Zhang, Ren, Sun, arXiv 1502.01852); biases stay zero. */
function heWeights(model: tf.LayersModel, seed: number): void {
  const source = new NormalSource(seed, 0);
  const values = model.weights.map(({ shape: given }, i) => {
    const shape = given as number[];
    const normals = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (shape.length > 1) source.fill(i, normals);
    const fanIn = normals.length / (shape.at(-1) as number);
    return tf.tensor(
      normals.map((normal) => normal * Math.sqrt(2 / fanIn)),
      shape,
    );
  });
  model.setWeights(values);
  tf.dispose(values);
}

/** Multiply-accumulates of one forward pass. */
function countMacs(model: tf.LayersModel): number {
  return model.layers.reduce((sum, layer) => {
    const [kernel] = layer.getWeights();
    if (kernel === undefined) return sum;
    const [, ...output] = layer.outputShape as number[];
    const positions = output.slice(0, -1).reduce((product, size) => product * size, 1);
    return sum + positions * kernel.size;
  }, 0);
}

/**
 * Writes the untrained network as a model folder below `folder`, with a card that the engine's loader takes. A backend
 * has to run.
 */
export async function writeResNet20(folder: string): Promise<void> {
  const model = resnet20();
  heWeights(model, 1);
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  if (artifacts === undefined) throw new Error('tfjs did not save the model');
  const { modelTopology, weightSpecs, weightData } = artifacts;
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  const files = [
    ['model.json', Buffer.from(JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest }))],
    ['weights.bin', Buffer.from(tf.io.CompositeArrayBuffer.join(weightData))],
  ] as const;
  const target = join(folder, RESNET20);
  await mkdir(target, { recursive: true });
  for (const [path, bytes] of files) await writeFile(join(target, path), bytes);
  const sha256 = (parts: readonly Buffer[]) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest('hex');
  };
  const card: ModelCard = {
    schema: 'probust-model-card/1',
    id: RESNET20,
    name: 'ResNet-20, untrained',
    summary: 'A network of realistic size for timing alone: its weights are random.',
    dataset: { name: 'none', note: 'Untrained.' },
    input: { shape: [...INPUT], range: [0, 1], preparation: 'mnist' },
    labels: Array.from({ length: CLASSES }, (_, i) => String(i)),
    parameters: model.countParams(),
    macs: countMacs(model),
    training: { recipe: 'none', seed: 1, command: 'npm run bench:engine', note: 'Untrained.' },
    accuracy: { percent: null, images: 1, data: 'none', command: 'none' },
    robustness: { images: 1, samplesPerImage: 1, meanPRobust: [], command: 'none' },
    sigma: { min: 0.1, max: 1 },
    licence: 'MIT',
    files: files.map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256([bytes]) })),
    sha256: sha256(files.map(([, bytes]) => bytes)),
  };
  await writeFile(join(target, 'card.json'), JSON.stringify(card, null, 1));
  model.dispose();
}
