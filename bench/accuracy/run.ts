/**
 * npm run bench:accuracy -- [--write] [--quick] [--images 40] [--seeds 4] [--processes 2] [--data DIR] [--only PATTERN]
 * RMSE, bias and coverage of every estimator at equal cost against Monte Carlo with 100 000 samples, over the project's
 * own digits or, with --data, MNIST test images of the user's. What was computed stays in bench/accuracy/.cache, so that
 * an interrupted run goes on. --write puts page, picture and figures in their places; `npm run format` comes after it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../src/node/engine';
import { startBackend } from '../../src/workers/tfjs/backend';
import { environment } from '../support/environment';
import { afterMark } from '../support/section';
import { forkShards } from '../support/shards';
import { scoreClosedForms } from './closed-forms';
import { contenders } from './contenders';
import { drawnDigits, mnistDigits } from './digits';
import { toSvg } from './picture';
import { MODELS, TRUTH_SAMPLES } from './plan';
import { type Provenance, toMarkdown } from './report';
import { evaluate } from './results';
import { compute, type Study } from './study';
import { toSummary } from './summary';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    images: { type: 'string' },
    seeds: { type: 'string' },
    processes: { type: 'string', default: '2' },
    data: { type: 'string' },
    only: { type: 'string' },
    shard: { type: 'string' },
  },
});

const PAGE = join(projectFolder, 'docs', 'accuracy.md');
/** What stands before it was written by hand, what stands after it by this command. */
const MARK = '<!-- npm run bench:accuracy -- --write -->';

function provenance(study: Study): Provenance {
  const given = process.argv.slice(2).map((each) => (each === values.data ? 'DIR' : each));
  const images =
    values.data === undefined
      ? `${study.digits.length} digits: the 30 samples of the page and, by seed, variations of their strokes, pens and slants.`
      : `The first ${study.digits.length} MNIST test images.`;
  return {
    command: `npm run bench:accuracy -- ${given.join(' ')}`.trim(),
    date: new Date().toISOString().slice(0, 10),
    environment: environment(undefined, undefined),
    images,
  };
}

async function planned(): Promise<Study> {
  const count = Number(values.images ?? (values.quick ? 6 : 40));
  const seeds = Number(values.seeds ?? (values.quick ? 2 : 4));
  return {
    models: MODELS,
    digits: values.data === undefined ? drawnDigits(count) : await mnistDigits(values.data, count),
    truthSamples: values.quick ? TRUTH_SAMPLES / 10 : TRUTH_SAMPLES,
    contenders: contenders(seeds).filter(
      ({ key }) => values.only === undefined || new RegExp(values.only).test(key),
    ),
    shard: Number(values.shard ?? 0),
    shards: Number(values.processes),
  };
}

async function main(): Promise<void> {
  const study = await planned();
  if (values.shard !== undefined) {
    await startBackend('wasm', 1);
    await compute(study, (line) => console.error(line));
    process.exit(0);
  }
  await forkShards(fileURLToPath(import.meta.url), study.shards);
  const results = evaluate(study);
  const tails = await scoreClosedForms(values.quick ? 2 : undefined);
  const from = provenance(study);
  const models = study.models.map(({ id }) => id);
  const text = toMarkdown(study, results, tails, from);
  console.log(text);
  if (!values.write) return;
  writeFileSync(PAGE, afterMark(readFileSync(PAGE, 'utf8'), MARK, text));
  writeFileSync(join(projectFolder, 'docs', 'images', 'accuracy.svg'), toSvg(results, models));
  writeFileSync(
    join(projectFolder, 'src', 'estimators', 'accuracy-study.json'),
    toSummary(study, results, from),
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
