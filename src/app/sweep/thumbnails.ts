import { NormalSource, STREAMS } from '../../estimators/noise/gaussian';
import type { ImageShape } from '../../image';
import { addNoise, toDataUrl } from '../charts/pixels';

const COUNT = 5;

/** The first noisy copy of a picture at radii from one end of the axis to the other. */
export function thumbnailsOf(
  { data, shape }: { readonly data: Float32Array; readonly shape: ImageShape },
  seed: number,
  { min, max }: { readonly min: number; readonly max: number },
): { readonly sigma: number; readonly url: string }[] {
  const noise = new Float32Array(data.length);
  new NormalSource(seed, STREAMS.mc).fill(0, noise);
  return Array.from({ length: COUNT }, (_, i) => {
    const sigma = min * (max / min) ** (i / (COUNT - 1));
    return { sigma, url: toDataUrl(addNoise(data, sigma, noise), shape) };
  });
}
