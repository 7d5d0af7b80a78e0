import * as tf from '@tensorflow/tfjs';
import { NormalSource } from '../../src/estimators/noise/gaussian';

/** tfjs models as files, saved by tfjs itself, as a person would bring them. */

export interface SavedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

export const json = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes));

/** Values of N(0, scale^2). */
export function normals(seed: number, length: number, scale = 1): Float32Array {
  const values = new Float32Array(length);
  new NormalSource(seed, 5).fill(0, values);
  return values.map((value) => scale * value);
}

/** Saves by the model's own `save`. @param shardBytes cuts the weights into files of this size */
export async function savedFiles(
  model: { save(handler: tf.io.IOHandler): Promise<unknown> },
  shardBytes = Number.POSITIVE_INFINITY,
): Promise<SavedFile[]> {
  const saved: tf.io.ModelArtifacts[] = [];
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved.push(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const [{ weightData, weightSpecs, ...rest }] = saved as [tf.io.ModelArtifacts];
  const weights = new Uint8Array(weightData as ArrayBuffer);
  const count = Math.max(1, Math.ceil(weights.length / shardBytes));
  const shards = Array.from({ length: count }, (_, i) => ({
    path: `group1-shard${i + 1}of${count}.bin`,
    bytes: weights.slice(i * shardBytes || 0, Math.min(weights.length, (i + 1) * shardBytes)),
  }));
  const weightsManifest = [{ paths: shards.map(({ path }) => path), weights: weightSpecs }];
  return [{ path: 'model.json', bytes: text({ ...rest, weightsManifest }) }, ...shards];
}

/** Sets all weights to small normal values, so that classes are close to each other. */
export function randomise(model: tf.LayersModel, seed: number): tf.LayersModel {
  model.setWeights(
    model.getWeights().map((weight, i) => {
      const fanIn = weight.shape.slice(0, -1).reduce((product, size) => product * size, 1);
      return tf.tensor(normals(seed + i, weight.size, 1 / Math.sqrt(fanIn)), weight.shape);
    }),
  );
  return model;
}

const dtype = { type: 'DT_FLOAT' };
const constant = (name: string, values: Float32Array | Int32Array) => ({
  name,
  op: 'Const',
  attr: { dtype: values instanceof Int32Array ? { type: 'DT_INT32' } : dtype },
});

export interface GraphLayer {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr?: object;
}

export interface GraphOptions {
  readonly shape: readonly number[];
  readonly weights: readonly {
    readonly name: string;
    readonly shape: number[];
    readonly values: Float32Array | Int32Array;
  }[];
  readonly layers: readonly GraphLayer[];
  readonly output: string;
  readonly outputShape: readonly number[];
  readonly inputType?: string;
}

/** A Graph model from a GraphDef, loaded and saved again by tfjs. The placeholder is called `x`. */
export async function graphFiles(options: GraphOptions): Promise<SavedFile[]> {
  const { shape, weights, layers, output, outputShape, inputType = 'DT_FLOAT' } = options;
  const dim = (sizes: readonly number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });
  const weightData = Buffer.concat(
    weights.map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  );
  const artifacts = {
    format: 'graph-model',
    generatedBy: 'by hand',
    convertedBy: null,
    modelTopology: {
      node: [
        { name: 'x', op: 'Placeholder', attr: { dtype: { type: inputType }, shape: { shape: dim(shape) } } },
        ...weights.map(({ name, values }) => constant(name, values)),
        ...layers.map(({ attr = {}, ...layer }) => ({ ...layer, attr: { T: dtype, ...attr } })),
      ],
      library: {},
      versions: { producer: 1087, minConsumer: 12 },
    },
    signature: {
      inputs: { x: { name: 'x:0', dtype: inputType, tensorShape: dim(shape) } },
      outputs: { y: { name: `${output}:0`, dtype: 'DT_FLOAT', tensorShape: dim(outputShape) } },
    },
    weightSpecs: weights.map(({ name, shape: size, values }) => ({
      name,
      shape: size,
      dtype: values instanceof Int32Array ? ('int32' as const) : ('float32' as const),
    })),
    weightData: Uint8Array.from(weightData).buffer,
  };
  const model = await tf.loadGraphModel(tf.io.fromMemory(artifacts as unknown as tf.io.ModelArtifacts));
  return savedFiles(model);
}

/** What the page and the command line hand to the engine. */
export const blobs = (files: readonly SavedFile[]) =>
  files.map(({ path, bytes }) => ({ path, data: new Blob([bytes as Uint8Array<ArrayBuffer>]) }));

const list = (...i: number[]) => ({ list: { i: i.map(String) } });
const base64 = (text: string) => ({ s: Buffer.from(text).toString('base64') });

/** A convolution over whole pictures as a graph has it. */
export const convolution = (name: string, input: string, kernel: string, stride = 1): GraphLayer => ({
  name,
  op: 'Conv2D',
  input: [input, kernel],
  attr: {
    strides: list(1, stride, stride, 1),
    padding: base64('SAME'),
    dataFormat: base64('NHWC'),
    dilations: list(1, 1, 1, 1),
  },
});

/** The mean over [height, width], which become 1 x 1. */
export const pooling = (name: string, input: string, height: number, width: number): GraphLayer => ({
  name,
  op: 'AvgPool',
  input: [input],
  attr: { ksize: list(1, height, width, 1), strides: list(1, height, width, 1), padding: base64('VALID') },
});

/** [n, 1, 1, c] to [n, c]. */
export const squeeze = (name: string, input: string): GraphLayer => ({
  name,
  op: 'Squeeze',
  input: [input],
  attr: { squeeze_dims: list(1, 2) },
});

export const matMul = (name: string, input: string, weights: string): GraphLayer => ({
  name,
  op: 'MatMul',
  input: [input, weights],
});
