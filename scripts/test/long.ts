/**
 * npm run test:long -- [--list] [--part ID] [--again]
 * Runs the checks that `npm test` has no time for, in parts of less than ten minutes on two cores. What has passed at
 * this commit is not run again, so that an interrupted run goes on; --again forgets it. Exit code 1 if a part failed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { PARTS } from './parts';
import { duration, runStep } from './steps';

const FOLDER = new URL('../../reports/', import.meta.url);
const RECORD = new URL('long.json', FOLDER);

const recordSchema = v.object({ state: v.string(), passed: v.record(v.string(), v.number()) });
type LongRecord = v.InferOutput<typeof recordSchema>;

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** Names the sources that are tested: the commit, and what has changed since. */
const stateOf = (): string => `${git('rev-parse', 'HEAD')}\n${git('diff', 'HEAD', '--stat')}`.trim();

/** What has passed so far, with the seconds that it took. */
function readRecord(state: string): LongRecord {
  try {
    const record = v.parse(recordSchema, JSON.parse(readFileSync(RECORD, 'utf8')));
    if (record.state === state) return record;
  } catch {
    // No record, or one of another version: everything is run.
  }
  return { state, passed: {} };
}

const { values } = parseArgs({
  options: {
    list: { type: 'boolean', default: false },
    part: { type: 'string' },
    again: { type: 'boolean', default: false },
  },
});
const wanted = values.part === undefined ? PARTS : PARTS.filter(({ id }) => id === values.part);
if (wanted.length === 0) {
  throw new Error(`There is no part “${values.part}”; there are ${PARTS.map(({ id }) => id).join(', ')}.`);
}

async function run(): Promise<void> {
  const state = stateOf();
  const record: LongRecord = values.again ? { state, passed: {} } : readRecord(state);
  const failed: string[] = [];
  for (const part of wanted) {
    if (record.passed[part.id] !== undefined) continue;
    const { passed, seconds } = await runStep(part);
    if (!passed) {
      failed.push(part.id);
      continue;
    }
    record.passed[part.id] = seconds;
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(RECORD, JSON.stringify(record));
  }
  console.log(`\n${state.split('\n')[0]}`);
  for (const { id } of wanted) {
    const seconds = record.passed[id];
    console.log(`${(seconds === undefined ? 'FAILED' : duration(seconds)).padStart(14)}  ${id}`);
  }
  process.exitCode = failed.length === 0 ? 0 : 1;
}

if (values.list) for (const { id, command } of wanted) console.log(`${id.padEnd(24)} ${command.join(' ')}`);
else await run();
