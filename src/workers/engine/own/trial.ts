import * as tf from '@tensorflow/tfjs';
import type { BackendName } from '../../backend-info';
import { EngineError } from '../../errors';
import type { BuiltModel } from '../../models/own/build';
import { inputMap, type OwnModelDescription } from '../../models/own/description';
import { explained } from '../../models/own/explain';
import { shapeFor } from '../../models/own/input-layout';
import { type Outputs, readOutputs } from '../../models/own/outputs';
import { asLogits, asRows, asTwoClasses, withInputForm } from '../../tfjs/adapt';
import type { Network } from '../../tfjs/network';
import { onBackend } from '../../tfjs/on-backend';
import { trialInputs } from '../trial-inputs';

export const TRIAL_INPUTS = 3;

/** Brings weights to where plain JavaScript can read them; on WebGPU they cannot be read at once. */
export async function fetchWeights(network: Network): Promise<void> {
  if (tf.getBackend() !== 'webgpu') return;
  for (const weight of network.weights()) await weight.data();
}

export interface FinishedModel {
  /** From pixels to logits. */
  readonly network: Network;
  readonly outputs: Outputs;
  /** The backend that ran the trial if it is not the engine's, with the reason. */
  readonly fallback: { readonly backend: BackendName; readonly why: string } | null;
}

/**
 * A network by a person's description, with what it gives found out by running it once. Where the engine's backend cannot
 * run it, plain JavaScript may. Takes over the network of `built`, and disposes of it on failure. Throws EngineError.
 */
export async function finishModel(built: BuiltModel, described: OwnModelDescription): Promise<FinishedModel> {
  let { network } = built;
  try {
    const { shape } = described;
    const { channelsFirst } = built.layout;
    const form = { ...inputMap(described), channelsFirst, shape: shapeFor(built.layout, shape) };
    built.assertSizes(form.shape);
    network = withInputForm(network, form);
    const { result, fallback } = await tryForward(network, shape);
    const values = await result.data();
    const outputs = readOutputs(values, result.shape, built.head);
    result.dispose();
    if (!outputs.areRows) network = asRows(network);
    if (outputs.form === 'two_classes') network = asTwoClasses(network);
    if (outputs.form === 'log_probabilities') network = asLogits(network);
    return { network, outputs, fallback };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

async function tryForward(
  network: Network,
  shape: readonly [number, number, number],
): Promise<{ readonly result: tf.Tensor; readonly fallback: FinishedModel['fallback'] }> {
  const inputs = trialInputs(TRIAL_INPUTS, shape[0] * shape[1] * shape[2]);
  const forward = (): tf.Tensor =>
    tf.tidy(() => network.forward(tf.tensor(inputs, [TRIAL_INPUTS, ...shape])));
  try {
    return { result: forward(), fallback: null };
  } catch (error) {
    // What does not fit here would take as much elsewhere.
    const isTooLarge = error instanceof EngineError && error.code === 'model_too_large';
    if (tf.getBackend() === 'cpu' || isTooLarge) throw explained(error);
    await fetchWeights(network);
    try {
      return {
        result: onBackend('cpu', forward),
        fallback: { backend: 'cpu', why: explained(error).message },
      };
    } catch {
      throw explained(error);
    }
  }
}
