/**
 * The gradient of a convolution with respect to its input is itself a convolution of dy: with the filter flipped for
 * stride 1, and for stride s with s phases of it, one for each input position modulo s (Dumoulin and Visin,
 * arXiv 1603.07285, chapter 4). This file does the arithmetic of one axis.
 */

export interface AxisPlan {
  /** Length of the common window over dy. */
  readonly window: number;
  readonly padBefore: number;
  readonly padAfter: number;
  /** source[phase * window + t]: filter tap at place t of the window in that phase, -1 for none. */
  readonly source: Int32Array;
}

/**
 * @param taps filter size @param stride @param pad zeros before the input in the forward convolution
 * @param inputSize size of the input @param outputSize size of dy
 */
export function planAxis(
  taps: number,
  stride: number,
  pad: number,
  inputSize: number,
  outputSize: number,
): AxisPlan {
  // Input i = stride*m + phase receives dy[m + lead - j] through tap first + stride*j, for every j in range.
  const phases = Array.from({ length: stride }, (_, phase) => {
    const first = (phase + pad) % stride;
    return {
      first,
      lead: Math.floor((phase + pad) / stride),
      count: Math.max(0, Math.ceil((taps - first) / stride)),
    };
  });
  const low = Math.min(0, ...phases.map(({ lead, count }) => lead - count + 1));
  const high = Math.max(...phases.map(({ lead }) => lead));
  const window = high - low + 1;
  const source = new Int32Array(stride * window).fill(-1);
  for (const [phase, { first, lead, count }] of phases.entries()) {
    for (let j = 0; j < count; j++) source[phase * window + lead - j - low] = first + stride * j;
  }
  const positions = Math.ceil(inputSize / stride);
  return { window, padBefore: -low, padAfter: Math.max(0, positions + high - outputSize), source };
}
