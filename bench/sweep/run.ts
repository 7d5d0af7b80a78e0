/**
 * npm run bench:sweep -- [--models ID,ID] [--images 4] [--seeds 10] [--truth 1000000] [--threads N] [--truth-only] [--write]
 * How long a sweep over 12 radii takes until p is known to 0.005 at every one of them: the built engine worker in Chromium
 * beside plain sampling in PyTorch, in turns. Then the labelled approximations: their time and their error. The truth is
 * counted once and kept in bench/sweep/.cache, copy by copy: an interrupted run goes on. --write puts that
 * into docs/benchmarks.md.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { StopRule } from '../../src/estimators/estimate';
import { modelsFolder } from '../../src/node/engine';
import { openBuiltPage } from '../support/built-page';
import { startChromiumSide } from '../support/chromium-side';
import { type Cleanup, runCommand } from '../support/cleanup';
import { environment } from '../support/environment';
import { writeSection } from '../support/section';
import type { EngineSide } from '../support/side';
import { NO_TORCH, PLAIN_BATCH, startTorchPeer, type TorchPeer } from '../support/torch-side';
import { type Case, caseOf, type Survival } from './cases';
import { plainSteps, type Run, type Truth, timeToReach } from './reached';
import { type Contest, toMarkdown } from './report';
import { engineSteps } from './steps';
import { openCounts, truthOf } from './truth';

/** RMSE that is asked for, at every radius. */
export const WANTED = 0.005;
/** Copies a radius of the straightforward program. */
const PLAIN_COPIES = 10_240;
/**
 * Rules under which a run goes on until its error is well below what is asked for: the limits of `mc` hold at all times at
 * once, so they are wider than those of `importance` at the same error.
 */
const UNBIASED: readonly { id: string; stop: StopRule }[] = [
  { id: 'mc', stop: { rule: 'precision', halfWidth: 0.0125, maxSamples: 40_000 } },
  { id: 'importance', stop: { rule: 'precision', halfWidth: 0.008, maxSamples: 40_000 } },
];
const APPROXIMATE = ['gaussian_margin', 'taylor', 'mmse'] as const;
const RADIUS_COPIES = 2048;

interface Plan {
  readonly images: number;
  readonly seeds: number;
  readonly threads: number;
}

/** The faster number of threads for PyTorch, whose threads spin. */
async function bestThreads(peer: TorchPeer, { card, pictures, sigmas }: Case, most: number): Promise<number> {
  let best = { threads: 1, ms: Number.POSITIVE_INFINITY };
  for (let threads = 1; threads <= most; threads++) {
    const request = {
      modelId: card.id,
      x: pictures[0]?.x as Float32Array,
      sigmas: sigmas.slice(0, 1),
      threads,
    };
    for (const copies of [512, 2048]) {
      const { milliseconds } = await peer.sweep({ ...request, copies, seed: 1 });
      if (copies === 2048 && milliseconds < best.ms) best = { threads, ms: milliseconds };
    }
  }
  return best.threads;
}

async function compete(
  engine: EngineSide,
  peer: TorchPeer,
  given: Case,
  truth: Truth[][],
  plan: Plan,
  plainThreads: number,
) {
  const { card, pictures, sigmas } = given;
  const runs = new Map<string, Run[]>();
  const spent = new Map<string, number[]>();
  const add = (id: string, run: Run, passes: number) => {
    runs.set(id, [...(runs.get(id) ?? []), run]);
    spent.set(id, [...(spent.get(id) ?? []), passes]);
  };
  let job = 0;
  const sweep = async (id: string, stop: StopRule, x: Float32Array, seed: number) => {
    const events = await engine.sweep({
      id: ++job,
      modelId: card.id,
      x,
      target: null,
      sigmas,
      estimators: [id],
      seed,
      stop,
    });
    return engineSteps(events);
  };
  const warm = pictures[0]?.x as Float32Array;
  for (const { id } of UNBIASED) await sweep(id, { rule: 'fixed', samples: 256 }, warm, 1);
  for (const id of APPROXIMATE) await sweep(id, { rule: 'fixed', samples: 256 }, warm, 1);
  for (let seed = 1; seed <= plan.seeds; seed++) {
    for (const [i, { x }] of pictures.entries()) {
      const known = truth[i] as Truth[];
      const ours = async () => {
        for (const { id, stop } of UNBIASED) {
          const { steps, passes } = await sweep(id, stop, x, seed);
          add(id, { steps, truth: known }, passes);
        }
        for (const id of APPROXIMATE) {
          const { steps, passes } = await sweep(id, { rule: 'fixed', samples: 256 }, x, seed);
          add(id, { steps, truth: known }, passes);
        }
      };
      const plain = async () => {
        const request = { modelId: card.id, x, sigmas, copies: PLAIN_COPIES, threads: plainThreads };
        const { kept, milliseconds } = await peer.sweep({ ...request, seed });
        const steps = plainSteps(kept, PLAIN_BATCH, PLAIN_COPIES, milliseconds);
        add('PyTorch', { steps, truth: known }, PLAIN_COPIES * sigmas.length);
      };
      // In turns, forwards and backwards: what slows the machine for a while slows both.
      if ((seed + i) % 2 === 0) await plain();
      await ours();
      if ((seed + i) % 2 !== 0) await plain();
      console.error(`${card.id}: seed ${seed} of ${plan.seeds}, picture ${i + 1} of ${pictures.length}`);
    }
  }
  return { runs, spent };
}

const survivalBy =
  (peer: TorchPeer, modelId: string): Survival =>
  async ({ x }, sigma) => {
    const { kept } = await peer.sweep({
      modelId,
      x,
      sigmas: [sigma],
      copies: RADIUS_COPIES,
      seed: 7,
      threads: 1,
    });
    return (kept[0]?.at(-1) as number) / RADIUS_COPIES;
  };

function wholeAbove(text: string, name: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${name} takes a whole number above 0, not “${text}”.`);
}

async function main(cleanup: Cleanup): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: 'string', default: 'mnist-cnn,cifar10-resnet20' },
      images: { type: 'string', default: '4' },
      seeds: { type: 'string', default: '10' },
      truth: { type: 'string', default: '1000000' },
      threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      'truth-only': { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const plan: Plan = {
    images: wholeAbove(values.images, 'images'),
    seeds: wholeAbove(values.seeds, 'seeds'),
    threads: wholeAbove(values.threads, 'threads'),
  };
  const truthCopies = wholeAbove(values.truth, 'truth');
  const peer = await startTorchPeer(cleanup);
  if (peer === undefined) throw new Error(`This command needs PyTorch beside the engine. ${NO_TORCH}`);
  const counts = openCounts();
  const contests: Contest[] = [];
  const cases: { given: Case; truth: Truth[][]; plainThreads: number }[] = [];
  for (const id of values.models.split(',')) {
    await peer.load(id, join(modelsFolder, id));
    const given = await caseOf(id, plan.images, ({ id: modelId }) => survivalBy(peer, modelId));
    console.error(`${id}: radii ${given.sigmas.join(', ')}`);
    const plainThreads = await bestThreads(peer, given, plan.threads);
    const truth = await truthOf(given, truthCopies, counts, peer, plainThreads, (text) =>
      console.error(text),
    );
    cases.push({ given, truth, plainThreads });
  }
  if (values['truth-only']) return;
  const page = await openBuiltPage(cleanup);
  const engine = await startChromiumSide(page, plan.threads);
  for (const { given, truth, plainThreads } of cases) {
    const { runs, spent } = await compete(engine, peer, given, truth, plan, plainThreads);
    const reached = new Map(
      [...runs].map(([id, each]) => [id, timeToReach(each, given.sigmas.length, WANTED)]),
    );
    contests.push({ given, truth, truthCopies, plainThreads, reached, runs, spent });
  }
  const about = `${environment(page.browser.version(), peer.description)}. ${engine.description}`;
  const options = process.argv.slice(2).filter((each) => each !== '--write');
  const command = ['npm run bench:sweep --', ...options, '--write'].join(' ');
  for (const each of contests) {
    const text = toMarkdown(each, { command, about, wanted: WANTED, seeds: plan.seeds });
    console.log(text);
    if (values.write) await writeSection(`Sweep: ${each.given.card.id}`, text);
  }
}

await runCommand(main);
