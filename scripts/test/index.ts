/**
 * npm test
 * Runs every check in turn, up to the first that fails, and prints how long each took and the ten slowest tests.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { browserTimes, slowest, type Timed, unitTimes } from './slowest';
import { duration, npmRun, runStep, type Step, type StepResult } from './steps';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const STEPS: readonly Step[] = ['lint', 'typecheck', 'test:unit', 'fuzz', 'build', 'test:e2e'].map((id) => ({
  id,
  command: npmRun(id),
}));
const SLOWEST = 10;

async function report(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`../../reports/${name}.json`, import.meta.url), 'utf8'));
}

async function timesOf(done: readonly StepResult[]): Promise<Timed[]> {
  const ran = (id: string) => done.some((step) => step.id === id && step.passed);
  return [
    ...(ran('test:unit') ? unitTimes(await report('unit'), root) : []),
    ...(ran('test:e2e') ? browserTimes(await report('e2e')) : []),
  ];
}

const done: StepResult[] = [];
for (const step of STEPS) {
  const result = await runStep(step);
  done.push(result);
  if (!result.passed) break;
}
const total = done.reduce((sum, { seconds }) => sum + seconds, 0);
console.log(`\nThe ${SLOWEST} slowest tests:`);
for (const { name, seconds } of slowest(await timesOf(done), SLOWEST)) {
  console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
}
console.log(`\nTotal ${duration(total)}:`);
for (const { id, passed, seconds } of done) {
  console.log(`${duration(seconds).padStart(14)}  ${id}${passed ? '' : ' FAILED'}`);
}
process.exitCode = done.every(({ passed }) => passed) ? 0 : 1;
