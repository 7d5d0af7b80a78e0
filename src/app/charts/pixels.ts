/** Noise that is added to what is shown, `sigma` times; as many values. */
interface Added {
  readonly sigma: number;
  readonly noise: Float32Array | null;
}

const WITHOUT_NOISE: Added = { sigma: 0, noise: null };

/** Writes one image of [height, width, channels] values into RGBA, clipped to [0, 1] for display alone. */
export function paintValues(
  values: Float32Array,
  shape: readonly [number, number, number],
  target: ImageData,
  [originX, originY]: readonly [number, number] = [0, 0],
  { sigma, noise }: Added = WITHOUT_NOISE,
): void {
  const [height, width, channels] = shape;
  // Asking an ImageData for them is dear.
  const { data: rgba, width: stride } = target;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      const to = ((originY + y) * stride + originX + x) * 4;
      for (let c = 0; c < 3; c++) {
        const i = from + (channels === 1 ? 0 : c);
        const value = values[i] as number;
        // Uint8ClampedArray rounds and clips.
        rgba[to + c] = 255 * (noise === null ? value : value + sigma * (noise[i] as number));
      }
      rgba[to + 3] = 255;
    }
  }
}

/** A picture of the values as a PNG data URL. */
export function toDataUrl(
  values: Float32Array,
  shape: readonly [number, number, number],
  added: Added = WITHOUT_NOISE,
): string {
  const canvas = document.createElement('canvas');
  canvas.width = shape[1];
  canvas.height = shape[0];
  const context = canvas.getContext('2d');
  if (context === null) return '';
  const pixels = context.createImageData(shape[1], shape[0]);
  paintValues(values, shape, pixels, [0, 0], added);
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}

/** x + sigma * noise, the model's input of one noisy copy. */
export function addNoise(x: Float32Array, sigma: number, noise: Float32Array): Float32Array {
  const noisy = new Float32Array(x.length);
  for (let i = 0; i < x.length; i++) noisy[i] = (x[i] as number) + sigma * (noise[i] as number);
  return noisy;
}
