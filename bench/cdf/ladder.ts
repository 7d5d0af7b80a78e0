import type { Timed } from './scipy';

/** One setting of an engine's tolerance: what it cost and how far off it was. */
export interface Rung {
  readonly tolerance: number;
  /** Median milliseconds. */
  readonly ms: number;
  /** Root mean square error against the known answer. */
  readonly error: number;
}

export interface Engine {
  readonly name: string;
  run(tolerance: number, repeat: number): Promise<Timed>;
}

/** Where an engine reaches the wanted error; `error` above the target says that it does not. */
export interface AtEqualError {
  readonly ms: number;
  readonly error: number;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/**
 * Lowers the tolerance of both engines together, taking turns run by run, each timed one after a short one, until each one's measured error is at most
 * `target`, or a rung took longer than `patienceMs` a run.
 */
export async function climb(
  engines: readonly Engine[],
  exact: number,
  target: number,
  tolerances: readonly number[],
  repeats: number,
  patienceMs: number,
): Promise<Map<string, Rung[]>> {
  const ladders = new Map<string, Rung[]>(engines.map(({ name }) => [name, []]));
  const isDone = (name: string): boolean => {
    const last = ladders.get(name)?.at(-1);
    return last !== undefined && (last.error <= target || last.ms > patienceMs);
  };
  for (const tolerance of tolerances) {
    const open = engines.filter(({ name }) => !isDone(name));
    if (open.length === 0) break;
    const runs = new Map<string, Timed[]>(open.map(({ name }) => [name, []]));
    for (let repeat = 0; repeat < repeats; repeat++)
      for (const engine of open) {
        // The other engine has just had the processor's caches: a short run first, untimed.
        await engine.run(tolerances[0] as number, repeat);
        runs.get(engine.name)?.push(await engine.run(tolerance, repeat));
      }
    for (const [name, timed] of runs) {
      const squares = timed.reduce((sum, { p }) => sum + (p - exact) ** 2, 0);
      ladders.get(name)?.push({
        tolerance,
        ms: median(timed.map(({ ms }) => ms)),
        error: Math.sqrt(squares / timed.length),
      });
    }
  }
  return ladders;
}

/** Time at the target error, interpolated on logarithms between the two rungs about it; never extrapolated. */
export function atEqualError(ladder: readonly Rung[], target: number): AtEqualError {
  const at = ladder.findIndex(({ error }) => error <= target);
  const reached = ladder[at];
  if (reached === undefined) return ladder.at(-1) ?? { ms: Number.NaN, error: Number.NaN };
  const before = ladder[at - 1];
  if (before === undefined || before.ms >= reached.ms) return reached;
  const share = Math.log(before.error / target) / Math.log(before.error / reached.error);
  return { ms: before.ms * (reached.ms / before.ms) ** share, error: target };
}
