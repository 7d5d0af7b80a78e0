/**
 * npm run bench:dataset -- [--models ID,ID] [--images 30] [--rounds 5] [--threads N] [--write]
 * Images a second of a run over a data set, at an RMSE of 0.02 of each image's p: the built engine worker in Chromium and
 * the engine in Node beside the straightforward PyTorch program, in turns. --write puts that into docs/benchmarks.md.
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
import { table } from '../support/markdown';
import { startNodeSide } from '../support/node-side';
import { today, writeSection } from '../support/section';
import { NO_TORCH, startTorchPeer } from '../support/torch-side';
import { contest, engineContender, type Outcome, plainContender, type Task, taskOf, WANTED } from './contest';

const IMPORTANCE: StopRule = { rule: 'precision', halfWidth: 0.05, maxSamples: 1024 };

/** Whether an RMSE is not surely above what is wanted: that of n errors has a relative standard error of 1/sqrt(2n). */
const isWithin = (rmse: number, count: number): boolean => rmse <= WANTED * (1 + 2 / Math.sqrt(2 * count));

function section({ pictures, sigma, truth, copies }: Task, outcomes: readonly Outcome[]): string {
  const plain = outcomes[0] as Outcome;
  const rows = outcomes.map(({ name, imagesASecond, rmse, estimates }) => [
    name,
    imagesASecond.toPrecision(3),
    (imagesASecond / plain.imagesASecond).toPrecision(3),
    rmse.toPrecision(2),
    isWithin(rmse, estimates) ? 'yes' : 'no',
  ]);
  const mean = truth.reduce((sum, { p }) => sum + p, 0) / truth.length;
  return `${pictures.length} images at σ = ${sigma}, mean p ${mean.toFixed(2)}. Plain sampling needs ${copies} copies an image for an RMSE of ${WANTED}, by the binomial law.

${table(['', 'images a second', 'times PyTorch', 'RMSE', `at most ${WANTED}, within its error`], rows)}
`;
}

async function main(cleanup: Cleanup): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: 'string', default: 'mnist-cnn,cifar10-resnet20' },
      images: { type: 'string', default: '30' },
      rounds: { type: 'string', default: '5' },
      threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      write: { type: 'boolean', default: false },
    },
  });
  const [threads, rounds, images] = [values.threads, values.rounds, values.images].map(Number) as [
    number,
    number,
    number,
  ];
  const peer = await startTorchPeer(cleanup);
  if (peer === undefined) throw new Error(`This command needs PyTorch beside the engine. ${NO_TORCH}`);
  const built = await openBuiltPage(cleanup);
  const sides = [await startChromiumSide(built, threads), await startNodeSide(cleanup, { threads })];
  const sections: { readonly id: string; readonly text: string }[] = [];
  for (const id of values.models.split(',')) {
    await peer.load(id, join(modelsFolder, id));
    const task = await taskOf(id, images, peer, threads);
    const fixed: StopRule = { rule: 'fixed', samples: task.copies };
    const contenders = [
      ...[1, threads].map((each) => plainContender(peer, task, each)),
      ...sides.flatMap((side) => [
        engineContender(side, task, 'mc', fixed),
        engineContender(side, task, 'gaussian_margin', fixed),
        engineContender(side, task, 'importance', IMPORTANCE),
        engineContender(side, task, 'taylor', fixed),
        engineContender(side, task, 'mmse', fixed),
      ]),
    ];
    const [one, more, ...ours] = await contest(task, contenders, rounds, (text) =>
      console.error(`${id}: ${text}`),
    );
    if (one === undefined || more === undefined) throw new Error('The peer ran nothing.');
    const fastest = one.imagesASecond > more.imagesASecond ? one : more;
    sections.push({ id, text: section(task, [fastest, ...ours]) });
  }
  const about = environment(built.browser.version(), peer.description);
  const options = process.argv.slice(2).filter((each) => each !== '--write');
  const provenance = `\`${['npm run bench:dataset --', ...options, '--write'].join(' ')}\`, ${today()}, on ${about}. ${rounds} rounds over all images, contenders in turns; each is timed where it runs, image by image. PyTorch with the faster number of threads. Chromium: ${sides[0]?.description} Node: ${sides[1]?.description}`;
  for (const { id, text } of sections) {
    console.log(`${id}\n\n${provenance}\n\n${text}`);
    if (values.write) await writeSection(`Data set: ${id}`, `${provenance}\n\n${text}`);
  }
}

await runCommand(main);
