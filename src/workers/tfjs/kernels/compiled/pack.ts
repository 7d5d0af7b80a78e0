/** A filter as the kernels read it: [height, width, inChannels, outChannels], row-major. */
export interface Filter {
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outChannels: number;
}

/** Columns of a panel, as in assembly/gemm.ts. */
const PANEL = 8;

export const paddedChannels = (channels: number): number => Math.ceil(channels / PANEL) * PANEL;

/** A depth x columns matrix as panels of eight columns, each depth x 8, the last filled up with zeros. */
function packPanels(
  value: (row: number, column: number) => number,
  depth: number,
  columns: number,
  to: Float32Array,
  offset: number,
): void {
  for (let first = 0; first < columns; first += PANEL) {
    for (let row = 0; row < depth; row++) {
      for (let lane = 0; lane < PANEL; lane++) {
        to[offset++] = first + lane < columns ? value(row, first + lane) : 0;
      }
    }
  }
}

/** Fewer columns than a vector has lanes are kept one after the other. */
const NARROW = 4;

/** For `convolve`: (height width inChannels) x outChannels in panels, or transposed where it is narrow. */
export function packForConvolve({ values, height, width, inChannels, outChannels }: Filter): Float32Array {
  const depth = height * width * inChannels;
  if (outChannels < NARROW) {
    return Float32Array.from(
      values,
      (_, i) => values[(i % depth) * outChannels + Math.floor(i / depth)] as number,
    );
  }
  const packed = new Float32Array(depth * paddedChannels(outChannels));
  packPanels((row, column) => values[row * outChannels + column] as number, depth, outChannels, packed, 0);
  return packed;
}

/** G of F(4x4, 3x3); source: Lavin and Gray, CVPR 2016. */
const G = [
  [1 / 4, 0, 0],
  [-1 / 6, -1 / 6, -1 / 6],
  [-1 / 6, 1 / 6, -1 / 6],
  [1 / 24, 1 / 12, 1 / 6],
  [1 / 24, -1 / 12, 1 / 6],
  [0, 0, 1],
] as const;

/** For `winograd`: G g G^T of every pair of channels, as 36 matrices inChannels x outChannels in panels. */
export function packForWinograd({ values, inChannels, outChannels }: Filter): Float32Array {
  const matrix = inChannels * paddedChannels(outChannels);
  const packed = new Float32Array(36 * matrix);
  for (const [a, left] of G.entries()) {
    for (const [b, right] of G.entries()) {
      const transformed = (row: number, column: number): number => {
        let sum = 0;
        for (let i = 0; i < 3; i++) {
          for (let j = 0; j < 3; j++) {
            const tap = values[((i * 3 + j) * inChannels + row) * outChannels + column] as number;
            sum += (left[i] as number) * tap * (right[j] as number);
          }
        }
        return sum;
      };
      packPanels(transformed, inChannels, outChannels, packed, (a * 6 + b) * matrix);
    }
  }
  return packed;
}
