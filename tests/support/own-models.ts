import { loadGraphModel } from '@tensorflow/tfjs-converter';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { NormalSource } from '../../src/estimators/noise/gaussian';
import * as tf from '../../src/workers/tfjs/tf';

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
export function randomise(model: LayersModel, seed: number): LayersModel {
  model.setWeights(
    model.getWeights().map((weight, i) => {
      const fanIn = weight.shape.slice(0, -1).reduce((product, size) => product * size, 1);
      return tf.tensor(normals(seed + i, weight.size, 1 / Math.sqrt(fanIn)), weight.shape);
    }),
  );
  return model;
}

const dtype = { type: 'DT_FLOAT' };
const constant = (name: string) => ({ name, op: 'Const', attr: { dtype } });

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
    readonly values: Float32Array;
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
  const weightData = Float32Array.from(weights.flatMap(({ values }) => [...values]));
  const artifacts = {
    format: 'graph-model',
    generatedBy: 'by hand',
    convertedBy: null,
    modelTopology: {
      node: [
        { name: 'x', op: 'Placeholder', attr: { dtype: { type: inputType }, shape: { shape: dim(shape) } } },
        ...weights.map(({ name }) => constant(name)),
        ...layers.map(({ attr = {}, ...layer }) => ({ ...layer, attr: { T: dtype, ...attr } })),
      ],
      library: {},
      versions: { producer: 1087, minConsumer: 12 },
    },
    signature: {
      inputs: { x: { name: 'x:0', dtype: inputType, tensorShape: dim(shape) } },
      outputs: { y: { name: `${output}:0`, dtype: 'DT_FLOAT', tensorShape: dim(outputShape) } },
    },
    weightSpecs: weights.map(({ name, shape: size }) => ({ name, shape: size, dtype: 'float32' as const })),
    weightData: weightData.buffer,
  };
  const model = await loadGraphModel(tf.io.fromMemory(artifacts as unknown as tf.io.ModelArtifacts));
  return savedFiles(model);
}
