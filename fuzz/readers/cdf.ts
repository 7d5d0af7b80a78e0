import type { Reader, Trial } from '../reader';
import { outputOf } from '../support/cli';
import type { Dice } from '../support/dice';
import { damagedJson, rewritten } from '../support/json';
import { normalCdf, oneFactorCdf } from '../support/normal';

interface Row {
  readonly id: string;
  readonly p: number;
  readonly logP: number | null;
  readonly stdErr: number;
}

interface Problem {
  readonly id?: string | number;
  readonly z: readonly number[];
  readonly R?: readonly (readonly number[])[];
  readonly oneFactor?: readonly number[];
}

const OPTIONS = ['--json', '--tolerance', '0.001', '--max-points', '4000'];
/** Standard errors that a value may be off, and what the rest of the arithmetic may be. */
const ERRORS = 8;
const ROUNDING = 1e-9;

/** A problem with its answer. */
function known(dice: Dice): { readonly problem: Problem; readonly p: number } {
  const n = dice.between(1, 5);
  const z = dice.list(n, () => dice.real(-2, 3));
  const b = dice.list(n, () => dice.real(-0.9, 0.9));
  const R = b.map((row, i) => b.map((column, j) => (i === j ? 1 : row * column)));
  const problem = dice.pick<() => Problem>([
    () => ({ z, oneFactor: b }),
    () => ({ z, R }),
    () => ({ z, R: R.map((row, i) => row.map((_, j) => Number(i === j))) }),
    // All of one piece: the smallest limit decides.
    () => ({ z, R: R.map((row) => row.map(() => 1)) }),
  ])();
  const isOne = problem.R?.[0]?.every((value) => value === 1) === true && n > 1;
  const areApart = n > 1 && problem.R !== undefined && !isOne && problem.R[0]?.[1] === 0;
  const p = isOne
    ? normalCdf(Math.min(...z))
    : areApart
      ? z.reduce((product, limit) => product * normalCdf(limit), 1)
      : oneFactorCdf(z, n === 1 ? [0] : b);
  return { problem: dice.chance(0.5) ? { id: dice.pick(['a', 7, 'ü']), ...problem } : problem, p };
}

function nonsenseIn(rows: readonly Row[]): string | null {
  for (const { id, p, logP, stdErr } of rows) {
    if (!(p >= 0 && p <= 1 && stdErr >= 0 && stdErr <= 1)) return `${id}: p ${p} with error ${stdErr}`;
    if (logP === null ? p !== 0 : !(logP <= 1e-12 && Math.abs(Math.exp(logP) - p) <= 1e-9))
      return `${id}: log ${logP} of ${p}`;
  }
  return null;
}

function differenceOf(
  rows: readonly Row[],
  wanted: readonly { readonly problem: Problem; readonly p: number }[],
): string | null {
  if (rows.length !== wanted.length) return `${rows.length} answers to ${wanted.length} problems`;
  for (const [i, { p, problem }] of wanted.entries()) {
    const { p: found, stdErr, id } = rows[i] as Row;
    if (id !== String(problem.id ?? i)) return `problem ${problem.id ?? i} is called ${id}`;
    if (Math.abs(found - p) > ERRORS * stdErr + ROUNDING)
      return `problem ${i}: ${found} with error ${stdErr} in place of ${p}`;
  }
  return nonsenseIn(rows);
}

/** n limits on variables of which the last are sums of the first: as many as are refused or answered in time. */
const large = (n: number): Problem => ({
  z: new Array<number>(n).fill(1),
  R: Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0.5))),
});

const BOMBS: Readonly<Record<string, () => string>> = {
  '300 000 limits with one factor': () =>
    JSON.stringify([{ z: new Array(300_000).fill(0), oneFactor: new Array(300_000).fill(0.5) }]),
  '60 limits': () => JSON.stringify([large(60)]),
  'a million problems of nothing': () => `[${'{},'.repeat(999_999)}{}]`,
  'deep nesting': () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  'infinite limits': () => '[{"z": [1e999, -1e999, 1e999], "oneFactor": [0.5, 0.5, 0.5]}]',
  'limits of 1e308': () => '[{"z": [1e308, 1e308], "R": [[1, 0.5], [0.5, 1]]}]',
  'limits of -1e308': () => '[{"z": [-1e308, -1e308], "R": [[1, 0.5], [0.5, 1]]}]',
  'no correlation matrix': () => '[{"z": [0, 0, 0], "R": [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]}]',
  'one variable, and its opposite': () => '[{"z": [-1, -1], "oneFactor": [1, -1]}]',
};

function generate(dice: Dice): Trial<string, Row[]> {
  const wanted = dice.list(dice.between(1, 3), () => known(dice));
  const problems = wanted.map(({ problem }) => problem);
  const content = dice.chance(0.5) ? problems : { problems, note: 'other fields are ignored' };
  const trial = (kind: string, input: string, rest: Pick<Trial<string, Row[]>, 'expected' | 'check'>) => ({
    kind,
    input,
    files: { 'problems.json': input },
    ...rest,
  });
  if (dice.chance(0.4)) {
    return trial('valid', rewritten(content, dice), {
      expected: 'accepted',
      check: (rows) => differenceOf(rows, wanted),
    });
  }
  if (dice.chance(0.05)) {
    const kind = dice.pick(Object.keys(BOMBS));
    return trial(kind, (BOMBS[kind] as (typeof BOMBS)[string])(), { expected: 'either', check: nonsenseIn });
  }
  const broken = damagedJson(content, dice);
  return trial(`damaged: ${broken.how}`, broken.value, { expected: 'either', check: nonsenseIn });
}

/** probust cdf over problems whose answers are known by another way. */
export const cdf: Reader<string, Row[]> = {
  id: 'cdf',
  share: 6,
  floors: { accepted: 0.3, refused: 0.2, codes: ['exit 3'] },
  generate,
  read: async (text) => JSON.parse(await outputOf(['cdf', '-', ...OPTIONS], text)),
};
