import { constants } from 'node:buffer';
import { CorrelationError, gaussianCdfInSteps } from '../../estimators/gaussian-cdf';
import { inTurns, type Pause } from '../../estimators/steps';
import { takeTurns } from '../../workers/pulse';
import { assertFits, type CdfProblem, correlationOf, readCdfProblems } from '../cdf-problems';
import { defineCommand } from '../command';
import { inputError, interrupted, usageError } from '../errors';
import type { Io } from '../io';
import { checkWritable, writeResult } from '../output';
import { createProgress } from '../progress';
import { readBounded } from '../read-file';
import { parseNumber, parseWhole } from '../values';

const DEFAULTS = { tolerance: 1e-5, relative: 0.005, maxPoints: 500_000, seed: 1 } as const;

interface CdfRow {
  readonly id: string;
  readonly p: number;
  /** null where p is exactly 0. */
  readonly logP: number | null;
  readonly stdErr: number;
}

/** A tab or line break in a name would break the table. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const cellOf = (id: string): string => id.replace(/[\0-\x1f]/g, (sign) => JSON.stringify(sign).slice(1, -1));

function toText(rows: readonly CdfRow[], form: 'table' | 'array' | 'lines'): string {
  if (form === 'lines') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  if (form === 'array') return `[\n${rows.map((row) => ` ${JSON.stringify(row)}`).join(',\n')}\n]\n`;
  const lines = rows.map(({ id, p, logP, stdErr }) =>
    [cellOf(id), p, logP ?? '-inf', stdErr.toPrecision(2)].join('\t'),
  );
  return `${[['id', 'p', 'logP', 'stdErr'].join('\t'), ...lines].join('\n')}\n`;
}

async function readText(path: string, io: Io): Promise<string> {
  if (path === '-') return io.readIn();
  return (await readBounded(path, constants.MAX_STRING_LENGTH)).toString('utf8');
}

export const cdf = defineCommand({
  name: 'cdf',
  summary: 'the Gaussian CDF alone: P(Z_i <= z_i for all i), Z ~ N(0, R), for a file of problems',
  usage: 'FILE [options]',
  positionals: ['a file of problems (or - for stdin)'],
  options: {
    json: { type: 'boolean', help: 'a JSON array with one {id, p, logP, stdErr} a problem' },
    'json-lines': { type: 'boolean', help: 'the same as JSON lines' },
    tolerance: {
      type: 'string',
      value: 'P',
      help: 'go on until the standard error of p is at most this',
      fallback: String(DEFAULTS.tolerance),
    },
    relative: {
      type: 'string',
      value: 'SHARE',
      help: 'and at most this share of the smaller of p and 1 - p',
      fallback: String(DEFAULTS.relative),
    },
    'max-points': {
      type: 'string',
      value: 'N',
      help: 'or until so many points were used',
      fallback: String(DEFAULTS.maxPoints),
    },
    seed: { type: 'string', value: 'N', help: 'seed of the random shifts', fallback: String(DEFAULTS.seed) },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'where the result goes', fallback: 'stdout' },
    progress: { type: 'boolean', help: 'show progress on stderr even if that is no terminal' },
  },
  notes: [
    'FILE holds {"problems": [...]}, or the list alone. A problem has z, a list of n limits, and R, n rows of an n x n correlation matrix (singular ones too), or oneFactor, n numbers b of which R_ij = b_i b_j off the diagonal; id is optional (else its number, from 0). Other fields are ignored. A limit 1e999 is infinite.',
    'Without --json or --json-lines: a table with tabs. The standard error is 0 where the value is exact. Where p is 0 for an infinite limit, logP is null (-inf in the table). The same file and options give the same figures to the last digit.',
  ],
  examples: [
    { what: 'known problems, as one array', line: 'probust cdf tests/fixtures/mvn-cdf.json --json' },
    {
      what: 'one problem, more precisely',
      line: `echo '[{"z": [0, 0, 0], "oneFactor": [0.7, 0.7, 0.7]}]' | probust cdf - --tolerance 1e-7 --max-points 5000000`,
    },
  ],
  async run(values, [path = '-'], io) {
    if (values.json && values['json-lines']) throw usageError('Choose one of --json and --json-lines.');
    const form = values.json ? 'array' : values['json-lines'] ? 'lines' : 'table';
    const number = (name: 'tolerance' | 'relative', fallback: number): number => {
      const text = values[name];
      return text === undefined ? fallback : parseNumber(`--${name}`, text, 1e-15, 1);
    };
    const whole = (name: 'max-points' | 'seed', fallback: number, min: number, max: number): number => {
      const text = values[name];
      return text === undefined ? fallback : parseWhole(`--${name}`, text, min, max);
    };
    const options = {
      absoluteTolerance: number('tolerance', DEFAULTS.tolerance),
      relativeTolerance: number('relative', DEFAULTS.relative),
      maxPoints: whole('max-points', DEFAULTS.maxPoints, 1, 1e9),
      seed: whole('seed', DEFAULTS.seed, 0, 2 ** 32 - 1),
    };
    await checkWritable(values.out);
    const source = path === '-' ? 'stdin' : path;
    const problems = readCdfProblems(await readText(path, io), source);
    // Lets a Ctrl-C in.
    const pause: Pause = () =>
      takeTurns(0, () => {
        if (io.signal.aborted) throw interrupted();
      });
    for (const problem of problems) assertFits(problem, source);
    const solve = async (problem: CdfProblem): Promise<CdfRow> => {
      try {
        const steps = gaussianCdfInSteps(problem.z, correlationOf(problem), options);
        const { p, logP, stdErr } = await inTurns(steps, pause);
        return { id: problem.id, p, logP: Number.isFinite(logP) ? logP : null, stdErr };
      } catch (error) {
        if (!(error instanceof CorrelationError)) throw error;
        throw inputError(`Problem “${problem.id}” of ${source}: ${error.message}.`, error);
      }
    };
    const progress = createProgress(io, values.progress === true);
    const rows: CdfRow[] = [];
    try {
      for (const problem of problems) {
        progress.show(`Problem ${rows.length + 1} of ${problems.length}`);
        rows.push(await solve(problem));
        await pause();
      }
    } finally {
      progress.end();
    }
    await writeResult(toText(rows, form), values.out, io);
  },
});
