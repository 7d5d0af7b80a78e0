/** When a program that gets better as it runs has become good enough. */

/** What is known of one radius from a time on. */
export interface Step {
  readonly ms: number;
  readonly radius: number;
  readonly p: number;
}

/** What was taken for the truth at one radius, and the variance of that. */
export interface Truth {
  readonly p: number;
  readonly variance: number;
}

/** One run on one image: its steps in order of time, and the truth by radius. */
export interface Run {
  readonly steps: readonly Step[];
  readonly truth: readonly Truth[];
}

export interface Reached {
  /** Null where the runs end before. */
  readonly ms: number | null;
  /** Root mean square error by radius then, or at the end where it was not reached. */
  readonly rmse: readonly number[];
}

/**
 * RMSE over the runs by radius, of what each knew after `ms`; infinite where one knew nothing of a radius yet. The
 * truth's own variance is subtracted from the mean square.
 */
export function rmseAfter(runs: readonly Run[], radii: number, ms: number): number[] {
  const squares = new Array<number>(radii).fill(0);
  for (const { steps, truth } of runs) {
    const known = new Array<number | undefined>(radii).fill(undefined);
    for (const step of steps) {
      if (step.ms > ms) break;
      known[step.radius] = step.p;
    }
    for (let i = 0; i < radii; i++) {
      const [p, { p: exact, variance }] = [known[i], truth[i] as Truth];
      squares[i] =
        (squares[i] as number) + (p === undefined ? Number.POSITIVE_INFINITY : (p - exact) ** 2 - variance);
    }
  }
  return squares.map((sum) => Math.sqrt(Math.max(0, sum) / runs.length));
}

const GRID = 400;

/** The first of 400 evenly spaced times at which every radius has an RMSE of at most `wanted`. */
export function timeToReach(runs: readonly Run[], radii: number, wanted: number): Reached {
  const end = Math.max(...runs.map(({ steps }) => steps.at(-1)?.ms ?? 0));
  let rmse: number[] = [];
  for (let k = 1; k <= GRID; k++) {
    const ms = (end * k) / GRID;
    rmse = rmseAfter(runs, radii, ms);
    if (rmse.every((error) => error <= wanted)) return { ms, rmse };
  }
  return { ms: null, rmse };
}

/**
 * The steps of a program that samples radius after radius, as if it had been told to take fewer copies: after n copies a
 * radius it has spent radii * n / copies of its whole time.
 * @param kept by radius, how many of the first (j + 1) * batch copies kept their class
 */
export function plainSteps(
  kept: readonly (readonly number[])[],
  batch: number,
  copies: number,
  milliseconds: number,
): Step[] {
  const batches = kept[0]?.length ?? 0;
  return Array.from({ length: batches }, (_, j) => {
    const n = Math.min(copies, (j + 1) * batch);
    return kept.map(
      (after, radius): Step => ({ ms: (milliseconds * n) / copies, radius, p: (after[j] as number) / n }),
    );
  }).flat();
}
