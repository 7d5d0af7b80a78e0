import { NormalSource, STREAMS } from '../../estimators/noise/gaussian';

/** Grey pictures with noise, the same every time: `count` inputs of `length` values, one after the other. */
export function trialInputs(count: number, length: number): Float32Array {
  const inputs = new Float32Array(count * length);
  const source = new NormalSource(0, STREAMS.pilot);
  for (let i = 0; i < count; i++) source.fill(i, inputs, i * length, length);
  return inputs.map((normal) => 0.5 + 0.25 * normal);
}
