/**
 * npm run bench:engine -- [--models ID,ID] [--threads N,N] [--batch N] [--rounds N] [--quick] [--write]
 * Images per second of the built engine worker in Chromium, of the same engine in Node, and of PyTorch.
 * --write appends the table to docs/benchmarks.md.
 */
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelsFolder, projectFolder, readShelf } from '../../src/node/engine';
import type { Pass } from '../../src/workers/protocol';
import { startBackend } from '../../src/workers/tfjs/backend';
import { type BuiltPage, openBuiltPage } from '../support/built-page';
import { startChromiumSide } from '../support/chromium-side';
import { type Cleanup, runCommand } from '../support/cleanup';
import { environment } from '../support/environment';
import { startNodeSide } from '../support/node-side';
import type { Side } from '../support/side';
import { MEMORY_FORMATS, NO_TORCH, startTorchPeer, type TorchPeer } from '../support/torch-side';
import { checkAgreement } from './agreement';
import { PASS_NAMES, type Row, toTable } from './report';
import { RESNET20, writeResNet20 } from './resnet20';
import { summarise, timeInRounds } from './rounds';

/** Inputs of a forward batch, and copies of a Jacobian of ten classes. */
const BATCH: Record<Pass, number> = { forward: 64, input_gradient: 10 };
const ROUNDS = 7;
const QUICK_ROUNDS = 3;
/** Load average up to which a machine is left to the bench. */
const QUIET = 0.5;

interface Plan {
  readonly models: readonly string[];
  readonly threads: readonly number[];
  readonly batch: Record<Pass, number>;
  readonly rounds: number;
  readonly write: boolean;
}

function positiveIntegers(text: string, what: string): number[] {
  const values = text.split(',').map(Number);
  if (!values.every((value) => Number.isSafeInteger(value) && value > 0)) {
    throw new Error(`--${what} takes positive whole numbers, not “${text}”.`);
  }
  return values;
}

async function readPlan(): Promise<Plan> {
  const { values } = parseArgs({
    options: {
      models: { type: 'string' },
      threads: { type: 'string' },
      batch: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const known = [...(await readShelf()), RESNET20];
  const models = values.models?.split(',') ?? (values.quick ? ['mnist-cnn', RESNET20] : known);
  const unknown = models.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new Error(`There is no model “${unknown}”; there are ${known.join(', ')}.`);
  const [batch] = values.batch === undefined ? [] : positiveIntegers(values.batch, 'batch');
  const [rounds = values.quick ? QUICK_ROUNDS : ROUNDS] =
    values.rounds === undefined ? [] : positiveIntegers(values.rounds, 'rounds');
  const most = Math.min(2, availableParallelism());
  const threads =
    values.threads === undefined
      ? Array.from({ length: most }, (_, i) => i + 1)
      : positiveIntegers(values.threads, 'threads');
  return {
    models,
    threads,
    batch: batch === undefined ? BATCH : { forward: batch, input_gradient: batch },
    rounds,
    write: values.write,
  };
}

interface Contest {
  readonly plan: Plan;
  readonly page: BuiltPage;
  readonly peer: TorchPeer | undefined;
  /** Folder of the models that are not on the shelf. */
  readonly extraModels: string;
}

/** All rows of one number of threads. */
async function contest({ plan, page, peer, extraModels }: Contest, threads: number, cleanup: Cleanup) {
  const [chromium, node] = [
    await startChromiumSide(page, threads),
    await startNodeSide(threads, cleanup, extraModels),
  ];
  const wanted = threads === 1 ? 'one thread' : `${threads} threads`;
  for (const { name, description } of [chromium, node]) {
    if (!description.includes(wanted)) throw new Error(`${name}: ${description} Asked for was ${wanted}.`);
  }
  const [first, second] = MEMORY_FORMATS.map((format) => peer?.side(format, threads));
  const sides: Side[] = [chromium, first, node, second].filter((side) => side !== undefined);
  const rows: Row[] = [];
  for (const modelId of plan.models) {
    const { d } = await inputOf(page, modelId);
    for (const pass of ['forward', 'input_gradient'] as const) {
      const difference = await checkAgreement(sides, modelId, d, pass);
      const batch = plan.batch[pass];
      const rates = await timeInRounds(sides, { modelId, pass, batch }, plan.rounds);
      const all = sides.map(({ name }, i) => [name, summarise(rates[i] as number[])] as const);
      const isOurs = ([name]: (typeof all)[number]) => name === chromium.name || name === node.name;
      const row: Row = {
        modelId,
        pass,
        batch,
        threads,
        difference,
        engine: Object.fromEntries(all.filter(isOurs)),
        torch: Object.fromEntries(all.filter((entry) => !isOurs(entry))),
      };
      const medians = all.map(([name, { median }]) => `${name} ${median.toFixed(0)}`).join(', ');
      console.error(
        `${modelId}, ${PASS_NAMES[pass]}, ${wanted}: ${medians} images/s; differ by ${difference.toExponential(0)}`,
      );
      rows.push(row);
    }
  }
  return rows;
}

/** Number of values of a model's input, from the card that is served. */
async function inputOf({ modelsUrl }: BuiltPage, modelId: string): Promise<{ d: number }> {
  const card = (await (await fetch(`${modelsUrl}${modelId}/card.json`)).json()) as {
    input: { shape: number[] };
  };
  return { d: card.input.shape.reduce((product, size) => product * size, 1) };
}

async function main(cleanup: Cleanup): Promise<void> {
  const plan = await readPlan();
  const folder = await mkdtemp(join(tmpdir(), 'probust-bench-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const extraModels = join(folder, 'models');
  await startBackend('cpu');
  await writeResNet20(extraModels);
  const load = loadavg()[0] as number;
  if (load > QUIET) {
    console.error(
      `The machine is busy (load ${load.toFixed(1)}): the figures will be off, those of two threads most of all.`,
    );
  }
  const peer = await startTorchPeer(cleanup);
  if (peer === undefined) console.error(NO_TORCH);
  for (const id of plan.models) {
    await peer?.load(id, join(id === RESNET20 ? extraModels : modelsFolder, id));
  }
  const page = await openBuiltPage(cleanup, [folder]);
  const rows: Row[] = [];
  for (const threads of plan.threads) {
    rows.push(...(await contest({ plan, page, peer, extraModels }, threads, cleanup)));
  }
  const about = `${environment(page.browser.version(), peer?.description)}; load at the start ${load.toFixed(1)}`;
  const text = `Images per second: median (quartiles) of ${plan.rounds} rounds.\n\n${toTable(rows)}\n`;
  console.log(`${about}\n${text}`);
  if (plan.write) {
    const command = ['npm run bench:engine --', ...process.argv.slice(2)].join(' ');
    const date = new Date().toISOString().slice(0, 10);
    const section = `\n## ${date}\n\n\`${command}\` on ${about}.\n\n${text}`;
    await appendFile(join(projectFolder, 'docs', 'benchmarks.md'), section);
  }
}

await runCommand(main);
