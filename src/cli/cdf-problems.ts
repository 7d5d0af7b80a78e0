import { totalmem } from 'node:os';
import * as v from 'valibot';
import { complaintOf } from '../text/complaint';
import { inputError } from './errors';

/** One P(Z_i <= z_i for all i), Z ~ N(0, R). */
export interface CdfProblem {
  readonly id: string;
  /** n limits */
  readonly z: readonly number[];
  /** n rows of n correlations ... */
  readonly R?: readonly (readonly number[])[] | undefined;
  /** ... or n numbers b with R_ij = b_i b_j off the diagonal. */
  readonly oneFactor?: readonly number[] | undefined;
}

const problemSchema = v.object({
  id: v.optional(v.union([v.string(), v.number()])),
  z: v.pipe(v.array(v.number()), v.minLength(1)),
  R: v.optional(v.array(v.array(v.number()))),
  oneFactor: v.optional(v.array(v.pipe(v.number(), v.minValue(-1), v.maxValue(1)))),
});

const fileSchema = v.union([v.object({ problems: v.array(v.unknown()) }), v.array(v.unknown())]);

function readProblem(value: unknown, index: number, source: string): CdfProblem {
  const result = v.safeParse(problemSchema, value);
  if (!result.success) {
    const [issue] = result.issues;
    throw inputError(`Problem ${index} of ${source} cannot be read: ${complaintOf(issue, 'it')}.`);
  }
  const { id = index, z, R, oneFactor } = result.output;
  const name = `Problem “${id}” of ${source}`;
  if ((R === undefined) === (oneFactor === undefined))
    throw inputError(`${name} needs one of R and oneFactor.`);
  if (R !== undefined && (R.length !== z.length || R.some((row) => row.length !== z.length))) {
    throw inputError(
      `${name} has ${z.length} limits, so its R needs ${z.length} rows of ${z.length} numbers.`,
    );
  }
  if (oneFactor !== undefined && oneFactor.length !== z.length) {
    throw inputError(`${name} has ${z.length} limits and ${oneFactor.length} numbers in oneFactor.`);
  }
  return { id: String(id), z, R, oneFactor };
}

/** Reads {"problems": [...]} or a list of problems. @param source what to call the text. Throws a CliError. */
export function readCdfProblems(text: string, source: string): CdfProblem[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw inputError(`${source} is not JSON.`, error);
  }
  const file = v.safeParse(fileSchema, json);
  if (!file.success) throw inputError(`${source} holds neither {"problems": [...]} nor a list of problems.`);
  const list = Array.isArray(file.output) ? file.output : file.output.problems;
  return list.map((problem, index) => readProblem(problem, index, source));
}

/** Matrices of float64 that are held at once. */
const MATRICES = 3;
const GIBIBYTE = 2 ** 30;

/** Throws a CliError if a problem is too large for the memory of this machine. */
export function assertFits({ id, z }: CdfProblem, source: string, memory = totalmem()): void {
  const bytes = MATRICES * 8 * z.length ** 2;
  if (bytes <= memory) return;
  const [needed, there] = [bytes, memory].map((amount) => Math.ceil(amount / GIBIBYTE));
  throw inputError(
    `Problem “${id}” of ${source} has ${z.length} limits, which take about ${needed} GiB of memory; this machine has ${there}.`,
  );
}

/** R, n x n and row-major. */
export function correlationOf({ z, R, oneFactor }: CdfProblem): Float64Array {
  if (R !== undefined) return Float64Array.from(R.flat());
  const n = z.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      matrix[i * n + j] = i === j ? 1 : (oneFactor?.[i] as number) * (oneFactor?.[j] as number);
    }
  }
  return matrix;
}
