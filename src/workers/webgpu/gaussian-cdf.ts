import * as tf from '@tensorflow/tfjs';
import type { ChainIntegrator, ChainTask } from '../../estimators/gaussian-cdf/batch';
import { type ConditionalChain, conditionalChain } from '../../estimators/gaussian-cdf/factor';
import {
  DEFAULT_SHIFT_SEED,
  type GaussianCdfResult,
  isSettled,
  SHIFTS,
} from '../../estimators/gaussian-cdf/integrate';
import { latticeGenerators, MOST_POINTS, randomShift } from '../../estimators/gaussian-cdf/points';
import { cautious, type Reading, readPlain, within } from '../../estimators/gaussian-cdf/reading';
import { ScaledSums, type ShiftTotals } from '../../estimators/gaussian-cdf/sums';
import { finish } from '../../estimators/steps';
import { powerOfTwo } from '../power-of-two';
import { readAndDispose } from '../tfjs/read';
import { GROUP, type Kernel, runKernel, u32 } from './program';
import { NORMAL_DISTRIBUTION } from './wgsl/normal-distribution';
import { NORMALS } from './wgsl/normals';

/** Variables that a thread keeps. */
const MOST = 99;
/** Points of a shift that one group of threads sums. */
const SLICE = 512;
/** Points of each shift in the first round and its followers; what is not settled then is left. */
const ROUNDS = [512, 4096, 16_384] as const;
/** Multiplications in one dispatch: a fraction of a second on a weak device, which would be taken away after two. */
const WORK = 2 ** 32;
/** Numbers of the chains in one dispatch, 16 MiB. */
const NUMBERS = 2 ** 22;
/** Numbers of each problem in \`layout`, and what a group of threads writes. */
const ENTRIES = 3;
const SUMS = 4;
/**
 * What float32 adds to the error of p, at most: ten times the largest difference to float64 on the same points that
 * tests/e2e/webgpu-kernels.spec.ts saw over its problems of up to 99 variables.
 */
const FLOAT32_ERROR = 1e-6;

const INTEGRALS: Kernel = {
  name: 'ProbustGaussianIntegrals',
  inputs: ['numbers', 'places', 'tables'],
  uniforms: 'problems: u32, points: u32, bits: u32, slices: u32,',
  code: /* wgsl */ `
${NORMALS}
${NORMAL_DISTRIBUTION}

var<workgroup> sums: array<vec4<f32>, ${GROUP}>;

/** Coordinate k of a point of a shifted lattice, folded; fractions are words, which wrap where they should. */
fn coordinate(k: u32, shift: u32, point: u32) -> f32 {
  let generator = bitcast<u32>(tables[k]);
  let offset = bitcast<u32>(tables[${MOST}u * (1u + shift) + k]);
  let word = ((point * generator) << (32u - uniforms.bits)) + offset;
  let folded = select(0x80000000u - word, word - 0x80000000u, word >= 0x80000000u);
  return max(f32(folded) * 0x1p-31f, 0x1p-33f);
}

/** The separated integrand of Genz (1992) and one minus it; see src/estimators/gaussian-cdf/integrand.ts. */
fn integrand(problem: u32, shift: u32, point: u32) -> vec2<f32> {
  let rank = u32(places[${ENTRIES}u * problem]);
  let steps = u32(places[${ENTRIES}u * problem + 1u]);
  var row = u32(places[${ENTRIES}u * problem + 2u]);
  var y: array<f32, ${MOST}>;
  var value = 1.0;
  var fail = 0.0;
  var c = 0u;
  for (var k = 0u; k < rank; k++) {
    var lower = -40.0;
    var upper = 40.0;
    let end = u32(places[steps + k]);
    for (; c < end; c++) {
      var bound = numbers[row + 1u];
      for (var j = 0u; j < k; j++) { bound -= numbers[row + 2u + j] * y[j]; }
      if (numbers[row] > 0.0) { upper = min(upper, bound); } else { lower = max(lower, bound); }
      row += 2u + rank;
    }
    if (!(lower < upper)) { return vec2<f32>(0.0, 1.0); }
    let mirrored = lower + upper > 0.0 && lower > -40.0;
    let a = select(lower, -upper, mirrored);
    let b = select(upper, -lower, mirrored);
    let below = upperTail(-a);
    let tail = upperTail(abs(b));
    let within = select(1.0 - tail, tail, b < 0.0) - below;
    let outside = below + select(tail, 1.0 - tail, b < 0.0);
    fail += (1.0 - fail) * min(1.0, outside);
    value *= max(within, 0.0);
    if (k + 1u < rank) {
      let u = coordinate(k, shift, point);
      let share = select(u, 1.0 - u, mirrored);
      let drawn = normalQuantile(clamp(below + share * within, 1e-30, 0.99999994));
      y[k] = select(drawn, -drawn, mirrored);
    }
  }
  return vec2<f32>(value, fail);
}

/** Sums over a slice of the points of a shift: even ones, which are the lattice of half as many, and odd ones. */
fn main(index: i32) {
  let lane = localIndex;
  let group = u32(index) / ${GROUP}u;
  let slice = group % uniforms.slices;
  let shift = (group / uniforms.slices) % ${SHIFTS}u;
  let problem = group / (uniforms.slices * ${SHIFTS}u);
  var sum = vec2<f32>(0.0);
  if (problem < uniforms.problems) {
    for (var i = lane; i < ${SLICE}u; i += ${GROUP}u) {
      sum += integrand(problem, shift, slice * ${SLICE}u + i);
    }
  }
  sums[lane] = select(vec4<f32>(0.0, 0.0, sum), vec4<f32>(sum, 0.0, 0.0), (lane & 1u) == 0u);
  workgroupBarrier();
  for (var half = ${GROUP / 2}u; half > 0u; half /= 2u) {
    if (lane < half) { sums[lane] += sums[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0u && problem < uniforms.problems) {
    for (var i = 0u; i < ${SUMS}u; i++) { result[${SUMS}u * group + i] = sums[0][i]; }
  }
}
`,
};

/**
 * Batches of Gaussian CDFs on the device, in float32: chains of up to 99 constraints, prepared in float64. Points and
 * stopping rule are those of the CPU, in coarser rounds. Standard errors include FLOAT32_ERROR, so what is asked for more
 * precisely than that is left to the CPU.
 */
export class DeviceIntegrator implements ChainIntegrator {
  readonly mostConstraints = MOST;
  readonly fewest = 8;

  /** Compiles the kernel. */
  async warmUp(): Promise<void> {
    const chain = finish(conditionalChain(new Float64Array(2), Float64Array.of(1, 0, 0, 1), 2));
    if (chain !== null) await this.evaluate([chain], SLICE);
  }

  async integrate(tasks: readonly ChainTask[]): Promise<(GaussianCdfResult | null)[]> {
    const results = tasks.map((): GaussianCdfResult | null => null);
    let open = tasks.map((_, i) => i);
    for (const points of ROUNDS) {
      const allowed = open.filter((i) => points * SHIFTS <= (tasks[i] as ChainTask).tolerance.maxPoints);
      const readings = await this.evaluate(
        allowed.map((i) => (tasks[i] as ChainTask).chain),
        points,
      );
      open = allowed.filter((i, k) => {
        const { tolerance, bounds } = tasks[i] as ChainTask;
        const { p, fail, logP, stdErr, relativeError } = within(bounds, readings[k] as Reading);
        const total = {
          stdErr: stdErr + FLOAT32_ERROR,
          relativeError: relativeError + FLOAT32_ERROR / Math.min(p, fail),
        };
        if (!isSettled(total, tolerance)) return true;
        results[i] = { p, fail, logP, stdErr: total.stdErr, points: points * SHIFTS };
        return false;
      });
      if (open.length === 0) break;
    }
    return results;
  }

  /** What so many points of each shift say, a power of two from SLICE on. Without the error of float32. */
  async evaluate(chains: readonly ConditionalChain[], points: number): Promise<Reading[]> {
    const readings: Reading[] = [];
    for (let first = 0; first < chains.length; ) {
      const some = chains.slice(first, first + dispatchable(chains, first, points));
      readings.push(...(await dispatch(some, points)));
      first += some.length;
    }
    return readings;
  }
}

const numbersOf = ({ rank, side }: ConditionalChain): number => side.length * (rank + 2);

/** How many chains from the first on go into one dispatch, at least one. */
function dispatchable(chains: readonly ConditionalChain[], first: number, points: number): number {
  let numbers = 0;
  let count = 0;
  for (const chain of chains.slice(first)) {
    numbers += numbersOf(chain);
    if (count > 0 && (numbers > NUMBERS || (numbers * points * SHIFTS) / 2 > WORK)) break;
    count++;
  }
  return count;
}

async function dispatch(chains: readonly ConditionalChain[], points: number): Promise<Reading[]> {
  const { numbers, layout } = packed(chains);
  const slices = points / SLICE;
  const groups = chains.length * SHIFTS * slices;
  const size = powerOfTwo(chains.length) * SHIFTS * slices * SUMS;
  const uniforms = [chains.length, points, Math.log2(points), slices].map(u32);
  const found = tf.tidy(() => {
    const inputs = [tf.tensor1d(numbers), tf.tensor1d(layout, 'int32'), tf.tensor1d(tables(), 'int32')];
    return runKernel(INTEGRALS, inputs, uniforms, size, groups * GROUP);
  });
  const values = await readAndDispose(found);
  return chains.map((_, problem) => {
    const half = emptySums();
    const whole = emptySums();
    for (let shift = 0; shift < SHIFTS; shift++) {
      for (let slice = 0; slice < slices; slice++) {
        const at = SUMS * ((problem * SHIFTS + shift) * slices + slice);
        const [p, fail, oddP, oddFail] = values.subarray(at, at + SUMS) as unknown as [
          number,
          number,
          number,
          number,
        ];
        add(half, shift, p, fail);
        add(whole, shift, p + oddP, fail + oddFail);
      }
    }
    return cautious(readPlain(whole, points), readPlain(half, points / 2));
  });
}

function emptySums(): ShiftTotals {
  const scaled = new ScaledSums(SHIFTS);
  scaled.logScale = 0;
  return { scaled, fail: new Float64Array(SHIFTS) };
}

function add({ scaled, fail }: ShiftTotals, shift: number, value: number, failed: number): void {
  scaled.values[shift] = (scaled.values[shift] as number) + value;
  fail[shift] = (fail[shift] as number) + failed;
}

/** Side, limit and slopes of every constraint, one after the other; and where each chain's begin. */
function packed(chains: readonly ConditionalChain[]): { numbers: Float32Array; layout: Int32Array } {
  const count = chains.reduce((sum, chain) => sum + numbersOf(chain), 0);
  const steps = chains.reduce((sum, { rank }) => sum + rank, 0);
  const numbers = new Float32Array(powerOfTwo(count));
  const layout = new Int32Array(powerOfTwo(ENTRIES * chains.length + steps));
  let row = 0;
  let step = ENTRIES * chains.length;
  for (const [i, { rank, first, side, limit, slope }] of chains.entries()) {
    layout.set([rank, step, row], ENTRIES * i);
    layout.set(first.subarray(1), step);
    step += rank;
    for (const [c, value] of limit.entries()) {
      numbers[row] = side[c] as number;
      numbers[row + 1] = value;
      numbers.set(slope.subarray(c * rank, (c + 1) * rank), row + 2);
      row += rank + 2;
    }
  }
  return { numbers, layout };
}

let knownTables: Int32Array | undefined;

/** MOST generators modulo MOST_POINTS, then the words of MOST coordinates of each shift. */
function tables(): Int32Array {
  if (knownTables !== undefined) return knownTables;
  const words = new Uint32Array(MOST * (1 + SHIFTS));
  words.set(latticeGenerators(MOST).map((generator) => generator % MOST_POINTS));
  for (let shift = 0; shift < SHIFTS; shift++) {
    words.set(
      randomShift(MOST, DEFAULT_SHIFT_SEED, shift).map((value) => Math.floor(value * 2 ** 32)),
      MOST * (1 + shift),
    );
  }
  knownTables = new Int32Array(words.buffer);
  return knownTables;
}
