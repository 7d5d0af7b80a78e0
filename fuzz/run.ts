/**
 * npm run fuzz -- [--seed S] [--runs N] [--from K] [--reader ID] [--processes P] [--keep DIR]
 * Gives every reader N inputs, valid and damaged, numbered from K; see fuzz/README.md. Exit code 1 if one of them failed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { READERS } from './readers';
import { trialOf } from './runner/attempt';
import type { Result } from './runner/protocol';
import { readerOf } from './runner/schedule';
import { Supervisor } from './runner/supervisor';
import { Tally } from './runner/tally';

const MOST_PROCESSES = 8;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '2000' },
    from: { type: 'string', default: '0' },
    reader: { type: 'string' },
    processes: { type: 'string', default: String(Math.min(MOST_PROCESSES, availableParallelism())) },
    keep: { type: 'string' },
  },
});

function whole(name: 'seed' | 'runs' | 'from' | 'processes', least: number): number {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`--${name} takes a whole number from ${least}, not “${values[name]}”.`);
}

const seed = whole('seed', 0);
const from = whole('from', 0);
const count = whole('runs', 1);
const wanted = values.reader;
if (wanted !== undefined && !READERS.some(({ id }) => id === wanted)) {
  throw new Error(`There is no reader “${wanted}”; there are ${READERS.map(({ id }) => id).join(', ')}.`);
}

/** The numbers of the runs; with --reader only its own, as many as asked for. */
function numbers(): number[] {
  const found: number[] = [];
  for (let run = from; found.length < count; run++) {
    if (wanted === undefined || readerOf(READERS, run).id === wanted) found.push(run);
  }
  return found;
}

function keep({ run }: Result, folder: string): void {
  const { files } = trialOf(readerOf(READERS, run), seed, run);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, `${seed}-${run}`, encodeURIComponent(name));
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Control characters, which a file may bring along, as escapes. */
const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (c) => (c === '\n' ? c : JSON.stringify(c).slice(1, -1)));

const tally = new Tally();
const supervisor = new Supervisor({
  seed,
  onResult(result) {
    tally.add(result);
    if (result.outcome !== 'failed') return;
    const { reader, run, kind, code, problem } = result;
    console.log(`FAILED ${reader}, run ${run} (${kind}): ${printable(problem ?? '')}`);
    console.log(`  again: npm run fuzz -- --seed ${seed} --from ${run} --runs 1 --keep DIR`);
    if (values.keep !== undefined && code !== 'generator') keep(result, values.keep);
  },
});
await supervisor.run(numbers(), whole('processes', 1));
console.log(tally.table());
const low = tally.belowFloors(READERS);
for (const sentence of low) console.log(`FLOOR ${sentence}`);
const failed = tally.failures.length;
console.log(
  `Seed ${seed}, runs ${from} to ${numbers().at(-1)}: ${failed} failed, ${low.length} below a floor.`,
);
process.exitCode = failed + low.length === 0 ? 0 : 1;
