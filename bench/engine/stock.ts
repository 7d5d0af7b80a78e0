import { join } from 'node:path';
import { projectFolder } from '../../src/node/engine';
import type { Pass } from '../../src/workers/backend-info';
import { KERNEL_GROUPS, type KernelGroup } from '../../src/workers/tfjs/kernels/groups';
import type { Cleanup } from '../support/cleanup';
import { type NodeSide, startNodeSide } from '../support/node-side';
import { checkAgreement } from './agreement';
import { type GainRow, gainOver } from './gains';
import type { Plan } from './plan';
import { PASS_NAMES } from './report';
import { summarise, timeInRounds } from './rounds';

/** The page that the figures go into, and its line after which they stand. */
export const KERNELS_PAGE = join(projectFolder, 'src', 'workers', 'tfjs', 'kernels', 'README.md');
export const STOCK_MARK = '<!-- npm run bench:engine -- --stock --write -->';

const CONVOLUTIONS = ['Conv2D', 'FusedConv2D', 'Conv2DBackpropInput'];
const PRODUCTS = ['BatchMatMul', '_FusedMatMul'];

/** The tfjs kernels that a group changes; a pass that runs none of them gains nothing by it. */
const KERNELS_OF: Readonly<Record<KernelGroup, readonly string[]>> = {
  convolution: ['Conv2D', 'FusedConv2D'],
  dense: PRODUCTS,
  'convolution-input-gradient': ['Conv2DBackpropInput'],
  winograd: CONVOLUTIONS,
  'fused-multiply-add': [...CONVOLUTIONS, ...PRODUCTS],
  elementwise: ['Add', 'Relu', 'RectifierGradient'],
  'max-pool-gradient': ['MaxPoolGrad'],
  identity: ['Identity'],
};

/** The groups of which a pass runs at least one kernel. @param kernels names of all that it runs */
export function groupsOf(kernels: readonly string[]): KernelGroup[] {
  return KERNEL_GROUPS.filter((group) => KERNELS_OF[group].some((name) => kernels.includes(name)));
}

interface Sides {
  readonly ours: NodeSide;
  readonly stock: NodeSide;
  /** By the group that is left to tfjs. */
  readonly without: Readonly<Record<KernelGroup, NodeSide>>;
}

/** Starts a process for our kernels, one for tfjs's, and one for ours without each group. */
async function startSides(threads: number, cleanup: Cleanup): Promise<Sides> {
  const start = async (name: string, stockKernels: readonly KernelGroup[]): Promise<NodeSide> => {
    const side = await startNodeSide(cleanup, { name, threads, stockKernels });
    const wanted = threads === 1 ? 'one thread' : `${threads} threads`;
    if (!side.description.includes(wanted)) {
      throw new Error(`${name}: ${side.description} Asked for was ${wanted}.`);
    }
    return side;
  };
  const without: Partial<Record<KernelGroup, NodeSide>> = {};
  for (const group of KERNEL_GROUPS) without[group] = await start(`without ${group}`, [group]);
  return {
    ours: await start('ours', []),
    stock: await start('tfjs', KERNEL_GROUPS),
    without: without as Record<KernelGroup, NodeSide>,
  };
}

async function gainRow(
  { ours, stock, without }: Sides,
  cell: { modelId: string; pass: Pass; inputLength: number },
  plan: Plan,
): Promise<Omit<GainRow, 'threads'>> {
  const { modelId, pass, inputLength } = cell;
  const batch = plan.batch[pass];
  const inputs = new Float32Array(inputLength).fill(0.5);
  const groups = groupsOf(await ours.kernels({ modelId, pass, inputs }));
  const sides = [ours, ...groups.map((group) => without[group]), stock];
  const difference = await checkAgreement(sides, modelId, inputLength, pass);
  const rates = await timeInRounds(sides, { modelId, pass, batch }, plan.rounds);
  const [ourRates, stockRates] = [rates[0] as number[], rates.at(-1) as number[]];
  return {
    modelId,
    pass,
    batch,
    difference,
    ours: summarise(ourRates),
    stock: summarise(stockRates),
    total: gainOver(ourRates, stockRates),
    groups: Object.fromEntries(
      groups.map((group, i) => [group, gainOver(ourRates, rates[i + 1] as number[])]),
    ),
  };
}

/**
 * Times every pass of a plan with our kernels, with tfjs's, and with ours but for one group at a time, each in a Node process
 * of its own, in turns. Throws where two of them differ by more than rounding.
 * @param inputLength number of values of a model's input
 */
export async function compareWithStock(
  plan: Plan,
  inputLength: (modelId: string) => Promise<number>,
  cleanup: Cleanup,
): Promise<GainRow[]> {
  const rows: GainRow[] = [];
  for (const threads of plan.threads) {
    const sides = await startSides(threads, cleanup);
    for (const modelId of plan.models) {
      for (const pass of ['forward', 'input_gradient'] as const) {
        const cell = { modelId, pass, inputLength: await inputLength(modelId) };
        const row = { ...(await gainRow(sides, cell, plan)), threads };
        const rate = `${row.ours.median.toFixed(0)} images/s, tfjs ${row.stock.median.toFixed(0)}`;
        console.error(`${modelId}, ${PASS_NAMES[pass]}, threads ${threads}: ${rate}`);
        rows.push(row);
      }
    }
  }
  return rows;
}
