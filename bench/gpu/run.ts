/**
 * npm run bench:gpu -- [--models ID,ID] [--copies N] [--rounds 5] [--write]
 * The engine on WebGPU in Node, through Dawn, beside PyTorch on CUDA (on the CPU where there is no CUDA, which the table
 * says): forward passes, input gradients, and plain sampling over twelve radii. Needs `npm i --no-save webgpu@0.6.2`.
 * --write puts that into docs/benchmarks.md.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'd3';
import { readCard } from '../../src/node/bundled-models';
import { modelsFolder } from '../../src/node/engine';
import type { Pass } from '../../src/workers/backend-info';
import type { SweepJob } from '../../src/workers/protocol/sweep';
import { checkAgreement } from '../engine/agreement';
import { PASS_NAMES } from '../engine/report';
import { summarise, timeInRounds } from '../engine/rounds';
import { type Cleanup, runCommand } from '../support/cleanup';
import { environment } from '../support/environment';
import { table } from '../support/markdown';
import { startNodeSide } from '../support/node-side';
import { ownPictures } from '../support/own-pictures';
import { today, writeSection } from '../support/section';
import type { EngineSide } from '../support/side';
import { NO_TORCH, startTorchPeer, type TorchPeer } from '../support/torch-side';

const PACKAGE = 'webgpu@0.6.2';
const NO_DAWN = `This command needs the npm package webgpu, which gives Node the WebGPU of Chromium: npm i --no-save ${PACKAGE}. It finds graphics cards through the system's own drivers (Vulkan, Metal or Direct3D).`;
const RADII = 12;
interface Plan {
  readonly models: readonly string[];
  readonly batches: Readonly<Record<Pass, readonly number[]>>;
  /** Of the sweep, a radius. */
  readonly copies: number;
}

const REAL: Plan = {
  models: ['mnist-cnn', 'cifar10-resnet20'],
  batches: { forward: [64, 512], input_gradient: [10, 80] },
  copies: 10_240,
};
/** What a software adapter can do in the same time. */
const SOFTWARE: Plan = {
  models: ['mnist-linear', 'mnist-cnn'],
  batches: { forward: [16], input_gradient: [10] },
  copies: 128,
};
const SWEEPS = 3;

async function startWebGpu(cleanup: Cleanup): Promise<EngineSide> {
  try {
    await import('webgpu' as string);
  } catch (error) {
    throw new Error(NO_DAWN, { cause: error });
  }
  return startNodeSide(cleanup, { backend: 'webgpu' });
}

const rate = (value: number): string => String(Number(value.toPrecision(3)));

interface Sides {
  readonly engine: EngineSide;
  readonly peer: TorchPeer | undefined;
}

async function passRows({ engine, peer }: Sides, modelId: string, batches: Plan['batches'], rounds: number) {
  const { input } = await readCard(modelId);
  const d = input.shape.reduce((product, size) => product * size, 1);
  const sides = [engine, ...(peer === undefined ? [] : [peer.side('channels_last', 1)])];
  const rows: string[][] = [];
  for (const pass of ['forward', 'input_gradient'] as const satisfies readonly Pass[]) {
    const difference = await checkAgreement(sides, modelId, d, pass);
    for (const batch of batches[pass]) {
      const found = await timeInRounds(sides, { modelId, pass, batch }, rounds);
      const [ours, theirs] = found.map((rates) => summarise(rates).median);
      rows.push([
        `\`${modelId}\``,
        PASS_NAMES[pass],
        String(batch),
        rate(ours as number),
        theirs === undefined ? '-' : rate(theirs),
        theirs === undefined ? '-' : ((ours as number) / theirs).toPrecision(3),
        difference.toExponential(0),
      ]);
      console.error(rows.at(-1)?.join('; '));
    }
  }
  return rows;
}

async function sweepRow({ engine, peer }: Sides, modelId: string, copies: number): Promise<string[]> {
  const card = await readCard(modelId);
  const [picture] = ownPictures(card);
  if (picture === undefined) throw new Error(`there is no picture for ${modelId}`);
  const { min, max } = card.sigma;
  const sigmas = Array.from({ length: RADII }, (_, i) => min * (max / min) ** (i / (RADII - 1)));
  const job: Omit<SweepJob, 'id' | 'stop'> = {
    modelId,
    x: picture.x,
    target: null,
    sigmas,
    estimators: ['mc'],
    seed: 1,
  };
  const engineMs = async (id: number, samples: number) =>
    (await engine.sweep({ ...job, id, stop: { rule: 'fixed', samples } })).at(-1)?.ms ?? Number.NaN;
  const plainMs = async (seed: number, samples: number) =>
    (await peer?.sweep({ modelId, x: picture.x, sigmas, copies: samples, seed, threads: 1 }))?.milliseconds ??
    null;
  await engineMs(1, Math.min(256, copies));
  await plainMs(1, Math.min(256, copies));
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let i = 0; i < SWEEPS; i++) {
    ours.push(await engineMs(2 + i, copies));
    const plain = await plainMs(2 + i, copies);
    if (plain !== null) theirs.push(plain);
  }
  const [own, other] = [median(ours) as number, median(theirs)];
  const row = [
    `\`${modelId}\``,
    String(copies),
    `${(own / 1000).toPrecision(3)} s`,
    other === undefined ? '-' : `${(other / 1000).toPrecision(3)} s`,
    other === undefined ? '-' : (other / own).toPrecision(3),
  ];
  console.error(row.join('; '));
  return row;
}

async function main(cleanup: Cleanup): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: 'string' },
      copies: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      write: { type: 'boolean', default: false },
    },
  });
  const engine = await startWebGpu(cleanup);
  const peer = await startTorchPeer(cleanup);
  if (peer === undefined) console.error(NO_TORCH);
  const cuda = (await peer?.use('cuda')) ?? null;
  const plan = engine.description.includes('software adapter') ? SOFTWARE : REAL;
  const copies = values.copies === undefined ? plan.copies : Number(values.copies);
  const rounds = Number(values.rounds);
  if (!(Number.isSafeInteger(copies) && copies > 0 && Number.isSafeInteger(rounds) && rounds > 0)) {
    throw new Error('--copies and --rounds take whole numbers above 0.');
  }
  const other =
    peer === undefined
      ? 'no PyTorch'
      : `${peer.description} on ${cuda ?? 'the CPU, one thread: there is no CUDA here'}`;
  console.error(`${engine.description} ${other}`);
  const passes: string[][] = [];
  const sweeps: string[][] = [];
  for (const modelId of values.models?.split(',') ?? plan.models) {
    await peer?.load(modelId, join(modelsFolder, modelId));
    passes.push(...(await passRows({ engine, peer }, modelId, plan.batches, rounds)));
    sweeps.push(await sweepRow({ engine, peer }, modelId, copies));
  }
  const options = process.argv.slice(2).filter((each) => each !== '--write');
  const text = `\`${['npm run bench:gpu --', ...options, '--write'].join(' ')}\`, ${today()}, with ${PACKAGE} on ${environment(undefined, undefined)}. ${engine.description} Beside it ${other}.

Images per second, medians of ${rounds} rounds in turns:

${table(['model', 'pass', 'batch', 'WebGPU', 'PyTorch', 'WebGPU / PyTorch', 'largest difference'], passes)}

Plain sampling over ${RADII} radii, medians of ${SWEEPS}:

${table(['model', 'copies a radius', 'WebGPU', 'PyTorch', 'times as soon'], sweeps)}
`;
  console.log(text);
  if (values.write) await writeSection('WebGPU in Node', text);
}

await runCommand(main);
