/**
 * npm test
 * Runs every check, up to the first that fails, and prints how long each took and the ten slowest tests. Steps that
 * keep one core busy run beside each other; unit and end-to-end tests use two by themselves.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { browserTimes, slowest, type Timed, unitTimes } from './slowest';
import { duration, npmRun, runStep, type Step, type StepResult } from './steps';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Inputs of the fuzzer: enough for every reader's floors, which ask for 40 inputs each. */
const FUZZ_RUNS = 1500;

const step = (id: string, ...args: string[]): Step => ({ id, command: npmRun(id, ...args) });

/** In this order; the steps of a group run at the same time. */
const GROUPS: readonly (readonly Step[])[] = [
  [step('lint'), step('typecheck'), step('build')],
  [step('test:unit')],
  [step('fuzz', '--runs', `${FUZZ_RUNS}`)],
  [step('test:e2e')],
];
const SLOWEST = 10;

async function report(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`../../reports/${name}.json`, import.meta.url), 'utf8'));
}

async function timesOf(done: readonly StepResult[]): Promise<Timed[]> {
  const ran = (id: string) => done.some((step) => step.id === id && step.passed);
  return [
    ...(ran('test:unit') ? unitTimes(await report('unit'), root) : []),
    ...(ran('test:e2e') ? browserTimes(await report('e2e-together')) : []),
    ...(ran('test:e2e') ? browserTimes(await report('e2e-alone')) : []),
  ];
}

const start = performance.now();
const done: StepResult[] = [];
for (const group of GROUPS) {
  done.push(...(await Promise.all(group.map((each) => runStep(each, { held: group.length > 1 })))));
  if (!done.every(({ passed }) => passed)) break;
}
const total = (performance.now() - start) / 1000;
console.log(`\nThe ${SLOWEST} slowest tests:`);
for (const { name, seconds } of slowest(await timesOf(done), SLOWEST)) {
  console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
}
console.log(`\nTotal ${duration(total)}:`);
for (const { id, passed, seconds } of done) {
  console.log(`${duration(seconds).padStart(14)}  ${id}${passed ? '' : ' FAILED'}`);
}
process.exitCode = done.every(({ passed }) => passed) ? 0 : 1;
