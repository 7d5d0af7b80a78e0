/**
 * npm run bench:engine -- [--stock] [--models ID,ID] [--threads N,N] [--batch N] [--rounds N] [--quick] [--write]
 * Images per second of the built engine worker in Chromium, of the same engine in Node, and of PyTorch; --write puts the
 * table into docs/benchmarks.md. With --stock: of our wasm kernels and of tfjs's own in Node, and what each group of ours
 * gains; --write puts that into src/workers/tfjs/kernels/README.md.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCard } from '../../src/node/bundled-models';
import { modelsFolder } from '../../src/node/engine';
import { startBackend } from '../../src/workers/tfjs/backend';
import { type BuiltPage, openBuiltPage } from '../support/built-page';
import { startChromiumSide } from '../support/chromium-side';
import { type Cleanup, runCommand } from '../support/cleanup';
import { environment } from '../support/environment';
import { startNodeSide } from '../support/node-side';
import { afterMark, today, writeSection } from '../support/section';
import type { Side } from '../support/side';
import { MEMORY_FORMATS, NO_TORCH, startTorchPeer, type TorchPeer } from '../support/torch-side';
import { checkAgreement } from './agreement';
import { toGainsText } from './gains';
import { type Plan, readPlan } from './plan';
import { PASS_NAMES, type Row, toTable } from './report';
import { RESNET20, writeResNet20 } from './resnet20';
import { summarise, timeInRounds } from './rounds';
import { compareWithStock, KERNELS_PAGE, STOCK_MARK } from './stock';

/** Load average up to which a machine is left to the bench. */
const QUIET = 0.5;

interface Contest {
  readonly plan: Plan;
  readonly page: BuiltPage;
  readonly peer: TorchPeer | undefined;
  /** Folder of the models that are not bundled. */
  readonly extraModels: string;
}

/** All rows of one number of threads. */
async function contest({ plan, page, peer, extraModels }: Contest, threads: number, cleanup: Cleanup) {
  const [chromium, node] = [
    await startChromiumSide(page, threads),
    await startNodeSide(cleanup, { threads, extraModels }),
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

async function stockMain(plan: Plan, load: number, cleanup: Cleanup): Promise<void> {
  const inputLength = async (modelId: string) =>
    (await readCard(modelId)).input.shape.reduce((product, size) => product * size, 1);
  const rows = await compareWithStock(plan, inputLength, cleanup);
  const text = `## Figures

${commandLine()}, ${today()}, on ${environment(undefined, undefined)}; load at the start ${load.toFixed(1)}. Images per second and gains are medians of ${plan.rounds} rounds, in brackets their quartiles.

${toGainsText(rows)}`;
  console.log(text);
  if (plan.write) {
    await writeFile(KERNELS_PAGE, afterMark(await readFile(KERNELS_PAGE, 'utf8'), STOCK_MARK, text));
  }
}

/** The command that runs, as Markdown. */
function commandLine(): string {
  return `\`${['npm run bench:engine --', ...process.argv.slice(2)].join(' ')}\``;
}

/** The load average now. A busy machine is named on the error stream. */
function loadNow(): number {
  const load = loadavg()[0] as number;
  if (load > QUIET) {
    console.error(
      `The machine is busy (load ${load.toFixed(1)}): the figures will be off, those of two threads most of all.`,
    );
  }
  return load;
}

async function main(cleanup: Cleanup): Promise<void> {
  const plan = await readPlan(process.argv.slice(2));
  const load = loadNow();
  if (plan.stock) return stockMain(plan, load, cleanup);
  const folder = await mkdtemp(join(tmpdir(), 'probust-bench-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const extraModels = join(folder, 'models');
  await startBackend('cpu');
  await writeResNet20(extraModels);
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
  if (plan.write) await writeSection('Engine', `${commandLine()}, ${today()}, on ${about}.\n\n${text}`);
}

await runCommand(main);
