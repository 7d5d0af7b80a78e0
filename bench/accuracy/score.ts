import { jackknifeError } from '../../src/estimators/jackknife';
import { LEAST_FAILURES } from './plan';
import { type Truth, truthOf } from './truth';

/** One estimate of one case. */
export interface Answer {
  readonly p: number;
  readonly lo: number | null;
  readonly hi: number | null;
  /** Standard error that the estimator states, null where it states none. */
  readonly stated: number | null;
  readonly cost: number;
  readonly ms: number;
  readonly flags: readonly string[];
}

/** What a contender said once; importance sampling beside plain Monte Carlo that cost the same, case by case. */
export interface Repetition {
  readonly estimate: Answer;
  readonly mcAtItsCost?: Answer;
}

/** One image at one radius, with what a contender said of it in all repetitions. */
export interface Case {
  readonly model: string;
  readonly digit: number;
  readonly sigma: number;
  readonly truth: Truth;
  readonly repetitions: readonly Repetition[];
}

export interface Score {
  readonly cases: number;
  readonly rmse: number;
  readonly bias: number;
  /** Share of the intervals that hold the truth, null where the contender gives none. */
  readonly coverage: number | null;
  readonly flagged: number;
  readonly cost: number;
}

/** Standard errors of the truth within which an interval counts as holding it. */
const TRUTH_ERRORS = 1.96;
const UNTRUSTED = ['check_failed', 'few_failures'];

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const isScored = (truth: Truth): boolean => 1 - truthOf(truth).p >= LEAST_FAILURES;

/** Cases whose truth lies in a range of p, its lower end left out but for 0. */
export function inRange(cases: readonly Case[], [low, high]: readonly [number, number]): Case[] {
  return cases.filter(({ truth }) => {
    const { p } = truthOf(truth);
    return isScored(truth) && (p > low || low === 0) && p <= high;
  });
}

/** An interval with the truth's own error added on both sides, in quadrature. */
function covers({ p, lo, hi }: Answer, truth: Truth): boolean | null {
  if (lo === null || hi === null) return null;
  const { p: known, variance } = truthOf(truth);
  const extra = TRUTH_ERRORS * Math.sqrt(variance);
  return known >= p - Math.hypot(p - lo, extra) && known <= p + Math.hypot(hi - p, extra);
}

/** The mean squared error over cases and repetitions, less the truth's own variance. Chance may put it below zero. */
function meanSquaredError(cases: readonly Case[], pick: (each: Repetition) => Answer): number {
  return mean(
    cases.flatMap(({ truth, repetitions }) => {
      const { p, variance } = truthOf(truth);
      return repetitions.map((each) => (pick(each).p - p) ** 2 - variance);
    }),
  );
}

/** Null without cases. @param pick which of the two answers of a repetition is scored. */
export function score(cases: readonly Case[], pick: (each: Repetition) => Answer): Score | null {
  if (cases.length === 0) return null;
  const answers = cases.flatMap(({ truth, repetitions }) =>
    repetitions.map((each) => ({ answer: pick(each), truth })),
  );
  const covered = answers.flatMap(({ answer, truth }) => covers(answer, truth) ?? []);
  return {
    cases: cases.length,
    rmse: Math.sqrt(Math.max(0, meanSquaredError(cases, pick))),
    bias: mean(answers.map(({ answer, truth }) => answer.p - truthOf(truth).p)),
    coverage: covered.length === 0 ? null : mean(covered.map(Number)),
    flagged: mean(
      answers.map(({ answer }) => (answer.flags.some((flag) => UNTRUSTED.includes(flag)) ? 1 : 0)),
    ),
    cost: mean(answers.map(({ answer }) => answer.cost)),
  };
}

/** Mean squared error of plain Monte Carlo over that of what cost the same; its error by leaving out images. */
export function gain(cases: readonly Case[]): { ratio: number; stdErr: number } {
  const ratioOf = (some: readonly Case[]): number =>
    meanSquaredError(some, ({ mcAtItsCost, estimate }) => mcAtItsCost ?? estimate) /
    meanSquaredError(some, ({ estimate }) => estimate);
  const digits = [...new Set(cases.map(({ digit }) => digit))];
  const leftOut = digits.map((digit) => ratioOf(cases.filter((each) => each.digit !== digit)));
  return { ratio: ratioOf(cases), stdErr: digits.length > 1 ? jackknifeError(leftOut) : Number.NaN };
}
