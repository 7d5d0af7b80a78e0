import type { SweepResult } from '../../../src/results/sweep-result';
import { expect } from '../fixtures';
import { type ProbustPage, type Query, SMALL } from '../pages/probust-page';

/** A picture between two classes: nothing is so certain that differences could hide. */
const SAMPLE = 'one-or-seven';
const TOLERANCE = 1e-3;
/** Of 256 noisy copies, those that near-ties may move. */
const NEAR_TIES = 3;

/** What one way of computing says of a picture. */
export interface Answers {
  readonly sweep: SweepResult;
  /** Differences of the clean picture's logits to class 0's. */
  readonly logits: readonly number[];
}

/**
 * The exports hold no logits, but softmax does: log p_i - log p_0 = f_i - f_0. Asking for each class in turn
 * gives all of them up to a constant, which changes neither a class nor a margin.
 */
export async function ask(probust: ProbustPage, query: Query): Promise<Answers> {
  await probust.openSwept({ ...SMALL, ...query, sample: SAMPLE, estimators: 'taylor.softmax.mc' });
  const sweep = await probust.readSweep();
  await probust.estimator('taylor').uncheck();
  await probust.estimator('mc').uncheck();
  await probust.openPanel('classes');
  const logs: number[] = [];
  for (let target = 0; target < 10; target++) {
    const bar = probust.classBars.nth(target);
    await bar.click();
    await expect(bar).toHaveAttribute('aria-pressed', 'true');
    await probust.waitForSweep();
    const { target: asked, estimates } = await probust.readSweep();
    expect(asked.index).toBe(target);
    logs.push(Math.log(estimates.softmax?.[0]?.p ?? Number.NaN));
  }
  return { sweep, logits: logs.map((log) => log - (logs[0] as number)) };
}

/** The same picture, logits and estimates, up to what float32 and near-ties of the logits explain. */
export function expectAgreement(one: Answers, other: Answers): void {
  expect(one.sweep.image).toEqual(other.sweep.image);
  expect(one.sweep.target).toEqual(other.sweep.target);
  expect(one.logits.every(Number.isFinite)).toBe(true);
  expect(largestDifference(one.logits, other.logits)).toBeLessThan(TOLERANCE);
  const p = ({ sweep }: Answers, id: string) => (sweep.estimates[id] ?? []).map((row) => row.p);
  for (const id of ['taylor', 'softmax']) {
    expect(p(one, id)).toHaveLength(3);
    expect(largestDifference(p(one, id), p(other, id))).toBeLessThan(TOLERANCE);
  }
  expect(p(one, 'mc')).toHaveLength(3);
  expect(largestDifference(p(one, 'mc'), p(other, 'mc'))).toBeLessThanOrEqual(NEAR_TIES / 256);
}

function largestDifference(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, i) => Math.abs(value - (other[i] ?? Number.NaN))));
}
