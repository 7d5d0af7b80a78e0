/** Where a window of a convolution or a pool lies along one axis, as TensorFlow pads. */
export interface Windows {
  /** Number of windows. */
  readonly count: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the first value. */
  readonly before: number;
  readonly size: number;
}

/** @returns null for a padding other than `same` and `valid` */
export function windowsAlong(
  length: number,
  size: number,
  stride: number,
  dilation: number,
  padding: unknown,
): Windows | null {
  const span = (size - 1) * dilation + 1;
  if (padding === 'valid') {
    return { count: Math.ceil((length - span + 1) / stride), stride, dilation, before: 0, size };
  }
  if (padding !== 'same') return null;
  const count = Math.ceil(length / stride);
  const missing = Math.max(0, (count - 1) * stride + span - length);
  return { count, stride, dilation, before: Math.floor(missing / 2), size };
}

/** Calls with each position of a window that lies on the image: its offset there and its number within the window. */
export function eachPosition(
  [rows, columns]: readonly [Windows, Windows],
  [height, width]: readonly [number, number],
  row: number,
  column: number,
  visit: (pixel: number, tap: number) => void,
): void {
  for (let i = 0; i < rows.size; i++) {
    const y = row * rows.stride + i * rows.dilation - rows.before;
    if (y < 0 || y >= height) continue;
    for (let j = 0; j < columns.size; j++) {
      const x = column * columns.stride + j * columns.dilation - columns.before;
      if (x >= 0 && x < width) visit(y * width + x, i * columns.size + j);
    }
  }
}
