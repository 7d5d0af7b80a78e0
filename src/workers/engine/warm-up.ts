import { STREAMS } from '../../estimators/noise/gaussian';
import type { TfjsClassifier } from '../tfjs/classifier';
import type { DeviceIntegrator } from '../webgpu/gaussian-cdf';

/** Runs the shapes that a sweep will use once, so that shaders and kernels are ready when an image comes. */
export async function warmUp(
  classifier: TfjsClassifier,
  hasGradients: boolean,
  integrator: DeviceIntegrator | undefined,
): Promise<void> {
  const { batch: count, inputLength, noisyCalls, averagedGeometry } = classifier;
  const x = new Float32Array(inputLength);
  const batch = { x, sigma: 1, seed: 0, stream: STREAMS.pilot, firstSample: 0, count };
  if (hasGradients) await classifier.linearise(x);
  if (noisyCalls === undefined) {
    await classifier.noisyLogits(batch);
    return;
  }
  // What of this shares its shaders with a sweep is compiled but once, so a few rows do.
  await noisyCalls(batch, 0);
  await classifier.noisyLogits({ ...batch, count: 1 });
  await classifier.noiseProjections({ ...batch, count: 1 }, x);
  if (hasGradients) await averagedGeometry?.(x, [Float64Array.of(1)]);
  await integrator?.warmUp();
}
