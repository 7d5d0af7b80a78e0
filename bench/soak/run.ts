/**
 * npm run bench:soak -- [--node] [--webgpu] [--own] [--sweeps N] [--threads N]
 * Sweeps over changing images and models in the built engine worker in Chromium, or in Node, and fails if memory grows. With
 * --own, a model of one's own comes and goes before every sweep. On
 * WebGPU, which may be a software adapter, with fewer and smaller sweeps.
 */
import { parseArgs } from 'node:util';
import { ESTIMATORS } from '../../src/estimators/registry';
import { readIndex } from '../../src/node/bundled-models';
import type { SweepJob } from '../../src/workers/protocol/sweep';
import { openBuiltPage } from '../support/built-page';
import { startChromiumSide } from '../support/chromium-side';
import { type Cleanup, runCommand } from '../support/cleanup';
import { startNodeSide } from '../support/node-side';
import type { EngineSide } from '../support/side';
import { growth, type Reading } from './growth';
import { DATASET, perturbedSamples } from './images';
import { ownDigitModel } from './own-model';

interface Plan {
  readonly sweeps: number;
  /** Sweeps between readings, and before the first of them: caches fill and code is compiled. */
  readonly every: number;
  readonly sigmas: readonly number[];
  readonly samples: number;
  /** null for all models of digits */
  readonly models: readonly string[] | null;
}

const PLAN: Plan = { sweeps: 200, every: 20, sigmas: [0.05, 0.1, 0.2, 0.4, 0.8], samples: 512, models: null };
const WEBGPU_PLAN: Plan = {
  sweeps: 16,
  every: 4,
  sigmas: [0.4],
  samples: 256,
  models: ['mnist-linear', 'mnist-mlp'],
};

async function read(side: EngineSide, sweeps: number): Promise<Reading> {
  const { tensors, tensorBytes, wasmHeap, gpuBytes } = await side.memory();
  const held = { tensors, tensorBytes, wasmHeap: wasmHeap ?? 0, gpuBytes: gpuBytes ?? 0 };
  return { sweeps, ...held, jsHeap: await side.jsHeap() };
}

function print({ sweeps, tensors, tensorBytes, wasmHeap, gpuBytes, jsHeap }: Reading): void {
  const cells = [sweeps, tensors, tensorBytes, wasmHeap, gpuBytes, jsHeap];
  console.log(cells.map((cell) => String(cell).padStart(12)).join(' '));
}

async function main(cleanup: Cleanup): Promise<void> {
  const { values } = parseArgs({
    options: {
      node: { type: 'boolean', default: false },
      webgpu: { type: 'boolean', default: false },
      own: { type: 'boolean', default: false },
      sweeps: { type: 'string' },
      threads: { type: 'string', default: '1' },
    },
  });
  const plan = values.webgpu ? WEBGPU_PLAN : PLAN;
  const { every } = plan;
  const [sweeps, threads] = [Number(values.sweeps ?? plan.sweeps), Number(values.threads)];
  if (values.webgpu && values.node) throw new Error('--webgpu runs in Chromium; leave out --node.');
  if (values.own && values.node) throw new Error('--own runs in Chromium; leave out --node.');
  if (!Number.isSafeInteger(sweeps) || sweeps < 2 * every) {
    throw new Error(`--sweeps takes a whole number of at least ${2 * every}, not “${values.sweeps}”.`);
  }
  if (!Number.isSafeInteger(threads) || threads < 1) {
    throw new Error(`--threads takes a positive whole number, not “${values.threads}”.`);
  }
  const side = values.node
    ? await startNodeSide(cleanup, { threads })
    : await startChromiumSide(await openBuiltPage(cleanup), threads, values.webgpu ? 'webgpu' : 'wasm');
  console.log(`${side.name}: ${side.description}`);
  const { models } = await readIndex();
  const digitModels = models.filter(({ dataset }) => dataset === DATASET).map(({ id }) => id);
  const bundled = plan.models ?? digitModels;
  const images = perturbedSamples();
  const titles = ['sweeps', 'tensors', 'tensor bytes', 'wasm heap', 'GPU bytes', 'JS heap'];
  console.log(titles.map((title) => title.padStart(12)).join(' '));
  const readings: Reading[] = [];
  for (let id = 1; id <= sweeps; id++) {
    const job: SweepJob = {
      id,
      modelId: bundled[id % bundled.length] as string,
      x: (await images.next()).value,
      target: null,
      sigmas: plan.sigmas,
      estimators: ESTIMATORS.map((estimator) => estimator.id),
      seed: 1,
      stop: { rule: 'fixed', samples: plan.samples },
    };
    if (values.own) await side.visitOwnModel?.(ownDigitModel(id));
    await side.sweep(job);
    if (id % every !== 0) continue;
    const reading = await read(side, id);
    readings.push(reading);
    print(reading);
  }
  const grown = growth(readings);
  if (grown.length > 0) throw new Error(grown.join(' '));
  console.log(`Nothing grew beyond its tolerance after the first ${every} sweeps.`);
}

await runCommand(main);
