/** How values between samples follow from those around them; a kernel's reach in samples. */
const KERNELS = {
  bilinear: { reach: 1, at: (t: number) => Math.max(0, 1 - Math.abs(t)) },
  /** Keys, IEEE Trans. ASSP 29 (1981), with a = -1/2. */
  bicubic: {
    reach: 2,
    at: (t: number) => {
      const x = Math.abs(t);
      if (x >= 2) return 0;
      return x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1;
    },
  },
  lanczos3: { reach: 3, at: (t: number) => lanczos(t, 3) },
  lanczos5: { reach: 5, at: (t: number) => lanczos(t, 5) },
} as const;

function lanczos(t: number, a: number): number {
  const x = Math.abs(t);
  if (x >= a) return 0;
  if (x < 1e-3) return 1;
  const angle = Math.PI * x;
  return (a * Math.sin(angle) * Math.sin(angle / a)) / (angle * angle);
}

export type Interpolation = 'nearest' | keyof typeof KERNELS;

export const INTERPOLATIONS: readonly string[] = ['nearest', ...Object.keys(KERNELS)];

/** A part of a line of samples; from may be below 0 and the end beyond the last sample, where there is nothing. */
export interface Window {
  readonly from: number;
  readonly size: number;
}

/**
 * The to x size matrix that takes `size` samples to `to`, spread evenly over a window of them with pixel centres at
 * halves, as TensorFlow 2, Keras and JAX resize. Rows sum to 1 where the window lies within the samples.
 * @param antialias widens the kernel where samples become fewer
 */
export function resamplingMatrix(
  size: number,
  to: number,
  window: Window,
  interpolation: Interpolation,
  antialias: boolean,
): Float32Array {
  const matrix = new Float32Array(to * size);
  const step = window.size / to;
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * step;
    const put = (sample: number, weight: number): void => {
      const at = window.from + sample;
      if (at >= 0 && at < size) matrix[i * size + at] = weight;
    };
    if (interpolation === 'nearest') {
      put(Math.min(window.size - 1, Math.floor(centre)), 1);
      continue;
    }
    const { reach, at } = KERNELS[interpolation];
    const width = antialias ? Math.max(1, step) : 1;
    const first = Math.max(0, Math.floor(centre - reach * width - 0.5));
    const last = Math.min(window.size - 1, Math.ceil(centre + reach * width - 0.5));
    const weights: number[] = [];
    for (let j = first; j <= last; j++) weights.push(at((j + 0.5 - centre) / width));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    for (const [k, weight] of weights.entries()) put(first + k, weight / sum);
  }
  return matrix;
}
