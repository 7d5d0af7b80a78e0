import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../errors';
import { graphNetwork } from '../../tfjs/graph-network';
import { registerOwnLayers } from '../../tfjs/layers';
import { layersNetwork, type Network } from '../../tfjs/network';
import { eachOutputShape } from '../../tfjs/output-shapes';
import { loadWithin } from '../../tfjs/weights-limit';
import { explained } from './explain';
import type { ModelFiles } from './files';
import { planGraph } from './graph';
import type { InputChange, WeightReader } from './input-changes';
import { type InputLayout, readInputLayout } from './input-layout';
import { assertGraphAttributes, assertLayerSettings, OutputSizes } from './sizes';
import { type Head, planLayers } from './topology';
import { valueCount, type WeightSpec } from './weights';

/** A network as its files have it, less its head. */
export interface BuiltModel {
  readonly network: Network;
  readonly format: 'layers' | 'graph';
  readonly layout: InputLayout;
  /** Throws EngineError if a layer gives too much for one input of this shape; of a graph that is not known beforehand. */
  assertSizes(shape: readonly number[]): void;
  readonly head: Head;
  readonly parameters: number;
  /** Keras 3's way of writing was translated. */
  readonly mended: boolean;
  /** What there is to make guesses from. */
  readonly names: readonly string[];
  /** What the network's first layers do to a picture's values; null for a graph. */
  readonly changes: readonly InputChange[] | null;
}

/** Builds the network on the running backend. Throws EngineError. */
export async function buildModel(files: ModelFiles): Promise<BuiltModel> {
  const { json } = files;
  try {
    const isGraph = json.format === 'graph-model' || Array.isArray(json.modelTopology.node);
    return isGraph ? await buildGraph(files) : await buildLayers(files);
  } catch (error) {
    throw explained(error);
  }
}

/** An optimizer's state may be saved beside the weights. */
const isParameter = ({ dtype, group }: WeightSpec): boolean => dtype === 'float32' && group !== 'optimizer';

const countParameters = ({ specs }: ModelFiles): number =>
  specs.filter(isParameter).reduce((sum, spec) => sum + valueCount(spec), 0);

/** tfjs's own type asks for more than tfjs does. */
type Artifacts = Parameters<typeof tf.io.fromMemory>[0];

async function buildLayers(files: ModelFiles): Promise<BuiltModel> {
  const plan = planLayers(files.json.modelTopology, files.specs, files.json.generatedBy);
  registerOwnLayers();
  const artifacts = {
    modelTopology: plan.topology,
    weightSpecs: plan.specs,
    weightData: files.weights.buffer,
  } as unknown as Artifacts;
  const weightCount = plan.specs.reduce((sum, spec) => sum + valueCount(spec), 0);
  assertLayerSettings(plan.topology, weightCount);
  const model = await loadWithin(tf.io.fromMemory(artifacts), weightCount, (layer, weights) => {
    const message = `The layer “${layer}” would have ${weights} weights, and the files hold ${weightCount} in all.`;
    return new EngineError('model_unsupported', message);
  });
  try {
    assertOne(model.inputs.length, model.outputs.length);
    const [input] = model.inputs;
    const layout = readInputLayout((input?.shape ?? []).slice(1));
    const assertSizes = (shape: readonly (number | null)[]): void => {
      const sizes = new OutputSizes();
      eachOutputShape(model, shape, (layer, output) => sizes.add(layer, output));
    };
    assertSizes(layout.given);
    const { head, mended, name } = plan;
    const changes = plan.changes(await statisticsOf(model));
    const parameters = countParameters(files);
    const network = layersNetwork(model);
    const names = [name];
    return { network, format: 'layers', layout, assertSizes, head, parameters, mended, names, changes };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** The mean and variance that normalization layers keep among the weights. */
async function statisticsOf(model: tf.LayersModel): Promise<WeightReader> {
  const found = new Map<string, number[]>();
  for (const weight of model.weights) {
    if (!/\/(mean|variance)$/.test(weight.originalName)) continue;
    found.set(weight.originalName, Array.from(await weight.read().data()));
  }
  return (name) => found.get(name) ?? null;
}

async function buildGraph(files: ModelFiles): Promise<BuiltModel> {
  const { json } = files;
  assertGraphAttributes(json.modelTopology);
  const plan = planGraph(json.modelTopology, json.signature ?? json.userDefinedMetadata?.signature);
  const { modelTopology: topology } = json;
  const artifacts = {
    ...json,
    modelTopology: { versions: { producer: 0, minConsumer: 0 }, ...topology },
    weightSpecs: files.specs,
    weightData: files.weights.buffer,
  } as unknown as Artifacts;
  const model = await tf.loadGraphModel(tf.io.fromMemory(artifacts));
  try {
    const [input] = model.inputs;
    assertOne(model.inputs.length, 1);
    if (input?.dtype !== undefined && input.dtype !== 'float32') {
      throw new EngineError(
        'model_unsupported',
        `This graph takes whole numbers (${input.dtype}), to which no noise can be added; convert the model with a float32 input.`,
      );
    }
    const [batch = -1, ...shape] = input?.shape ?? [];
    if (batch > 1) {
      throw new EngineError(
        'model_unsupported',
        `This graph takes exactly ${batch} pictures at a time; convert it with a batch of any size.`,
      );
    }
    const known = shape.map((size) => (size > 0 ? size : null));
    return {
      network: graphNetwork(model, plan.output, batch === 1),
      format: 'graph',
      layout: readInputLayout(known),
      assertSizes: () => {},
      head: plan.head,
      parameters: countParameters(files),
      mended: false,
      names: [json.userDefinedMetadata?.name, ...plan.names].filter((name) => typeof name === 'string'),
      changes: null,
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function assertOne(inputs: number, outputs: number): void {
  if (inputs === 1 && outputs === 1) return;
  const what = inputs === 1 ? `${outputs} outputs` : `${inputs} inputs`;
  throw new EngineError(
    'model_unsupported',
    `This network has ${what}; a classifier of pictures has one input and one output.`,
  );
}
