/**
 * The gradient of a convolution with respect to its input is itself a convolution of dy: with the filter flipped for
 * stride 1, and for stride s with s parts of it, one for each input position modulo s (Dumoulin and Visin,
 * arXiv 1603.07285, chapter 4). This file does the arithmetic of one axis.
 */

/** Inputs phase, phase + stride, ... : input m of the phase sees dy[m - padBefore + t] through tap taps[t]. */
export interface AxisPhase {
  readonly taps: readonly number[];
  /** May be negative. */
  readonly padBefore: number;
  /** Number of inputs of this phase. */
  readonly size: number;
}

/** @param taps filter size @param pad zeros before the input in the forward convolution */
export function axisPhases(taps: number, stride: number, pad: number, inputSize: number): AxisPhase[] {
  return Array.from({ length: Math.min(stride, inputSize) }, (_, phase) => {
    // Input i = stride m + phase receives dy[m + lead - j] through tap first + stride j, for every j that there is.
    const first = (phase + pad) % stride;
    const lead = Math.floor((phase + pad) / stride);
    const count = Math.max(0, Math.ceil((taps - first) / stride));
    return {
      taps: Array.from({ length: count }, (_, t) => first + stride * (count - 1 - t)),
      padBefore: count - 1 - lead,
      size: Math.ceil((inputSize - phase) / stride),
    };
  });
}
