/**
 * npm run bench:soak -- [--node] [--sweeps N] [--threads N]
 * Sweeps over changing images and models in the built engine worker in Chromium, or in Node, and fails if memory grows.
 */
import { parseArgs } from 'node:util';
import { ESTIMATORS } from '../../src/estimators/registry';
import { readShelf } from '../../src/node/engine';
import type { SweepJob } from '../../src/workers/protocol';
import { openBuiltPage } from '../support/built-page';
import { startChromiumSide } from '../support/chromium-side';
import { type Cleanup, runCommand } from '../support/cleanup';
import { startNodeSide } from '../support/node-side';
import type { EngineSide } from '../support/side';
import { growth, type Reading } from './growth';
import { perturbedSamples } from './images';

const SWEEPS = 200;
/** Sweeps between readings, and before the first of them: caches fill and code is compiled. */
const EVERY = 20;
async function read(side: EngineSide, sweeps: number): Promise<Reading> {
  const { tensors, tensorBytes, wasmHeap } = await side.memory();
  return { sweeps, tensors, tensorBytes, wasmHeap: wasmHeap ?? 0, jsHeap: await side.jsHeap() };
}

function print({ sweeps, tensors, tensorBytes, wasmHeap, jsHeap }: Reading): void {
  const cells = [sweeps, tensors, tensorBytes, wasmHeap, jsHeap];
  console.log(cells.map((cell) => String(cell).padStart(12)).join(' '));
}

async function main(cleanup: Cleanup): Promise<void> {
  const { values } = parseArgs({
    options: {
      node: { type: 'boolean', default: false },
      sweeps: { type: 'string', default: String(SWEEPS) },
      threads: { type: 'string', default: '1' },
    },
  });
  const [sweeps, threads] = [Number(values.sweeps), Number(values.threads)];
  if (!Number.isSafeInteger(sweeps) || sweeps < 2 * EVERY) {
    throw new Error(`--sweeps takes a whole number of at least ${2 * EVERY}, not “${values.sweeps}”.`);
  }
  if (!Number.isSafeInteger(threads) || threads < 1) {
    throw new Error(`--threads takes a positive whole number, not “${values.threads}”.`);
  }
  const side = values.node
    ? await startNodeSide(threads, cleanup)
    : await startChromiumSide(await openBuiltPage(cleanup), threads);
  console.log(`${side.name}: ${side.description}`);
  const shelf = await readShelf();
  const images = perturbedSamples();
  const titles = ['sweeps', 'tensors', 'tensor bytes', 'wasm heap', 'JS heap'];
  console.log(titles.map((title) => title.padStart(12)).join(' '));
  const readings: Reading[] = [];
  for (let id = 1; id <= sweeps; id++) {
    const job: SweepJob = {
      id,
      modelId: shelf[id % shelf.length] as string,
      x: (await images.next()).value,
      target: null,
      sigmas: [0.05, 0.1, 0.2, 0.4, 0.8],
      estimators: ESTIMATORS.map((estimator) => estimator.id),
      seed: 1,
      stop: { rule: 'fixed', samples: 512 },
    };
    await side.sweep(job);
    if (id % EVERY !== 0) continue;
    const reading = await read(side, id);
    readings.push(reading);
    print(reading);
  }
  const grown = growth(readings);
  if (grown.length > 0) throw new Error(grown.join(' '));
  console.log(`Nothing grew beyond its tolerance after the first ${EVERY} sweeps.`);
}

await runCommand(main);
