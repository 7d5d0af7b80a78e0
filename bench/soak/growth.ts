/** One reading of what an engine holds, in bytes but for the numbers of sweeps and tensors. */
export interface Reading {
  readonly sweeps: number;
  readonly tensors: number;
  readonly tensorBytes: number;
  readonly wasmHeap: number;
  readonly gpuBytes: number;
  readonly jsHeap: number;
}

const MEBIBYTE = 2 ** 20;
/** The wasm heap grows in steps and never shrinks: one small step may come late. */
const WASM_HEAP_TOLERANCE = 4 * MEBIBYTE;
/** tfjs keeps buffers by size and never gives one back: a rare size may come late. */
const GPU_TOLERANCE = MEBIBYTE;
/** Compiled code and what it learns go on growing a little; 180 lost sweeps of 12 kB each would be seen. */
const JS_HEAP_TOLERANCE = 2 * MEBIBYTE;
/** A collection may come late, so the JavaScript heap is the smallest of the last readings. */
const LAST = 3;

const inMebibytes = (bytes: number) => `${(bytes / MEBIBYTE).toFixed(2)} MiB`;

/** What grew after the first reading, in sentences; none if nothing did. Tensors may not grow at all. */
export function growth(readings: readonly Reading[]): string[] {
  const [first, ...later] = readings;
  if (first === undefined || later.length === 0) throw new RangeError('growth needs two readings at least');
  const most = (key: keyof Reading) => Math.max(...later.map((reading) => reading[key])) - first[key];
  const found: string[] = [];
  if (most('tensors') > 0) found.push(`${most('tensors')} tensors were left behind.`);
  if (most('tensorBytes') > 0) found.push(`Tensors grew by ${inMebibytes(most('tensorBytes'))}.`);
  const jsHeap = Math.min(...later.slice(-LAST).map((reading) => reading.jsHeap)) - first.jsHeap;
  for (const [name, grown, tolerance] of [
    ['wasm heap', most('wasmHeap'), WASM_HEAP_TOLERANCE],
    ['buffers of the graphics device', most('gpuBytes'), GPU_TOLERANCE],
    ['JavaScript heap', jsHeap, JS_HEAP_TOLERANCE],
  ] as const) {
    if (grown > tolerance) {
      found.push(`The ${name} grew by ${inMebibytes(grown)}; ${inMebibytes(tolerance)} are tolerated.`);
    }
  }
  return found;
}
