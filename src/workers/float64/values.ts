/** Values of one input or layer in float64, without a batch; shape [H, W, C] or [n], row-major. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

/** [H, W, C] of values; null for any other rank. */
export function imageShape({ shape }: Values): readonly [number, number, number] | null {
  return shape.length === 3 ? (shape as [number, number, number]) : null;
}

/** A layer's weights: their float32 values, computed with in float64. */
export interface Weights {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
