import type { BackendReport } from '../backend-info';

/** Rows that go through a model at a time. All divide the 256 samples after which estimators decide. */
export const BATCHES = [16, 32, 64, 128, 256] as const;
/** Tuning ends once it has taken this long: it happens while a person waits for the first curve. */
const BUDGET_MS = 200;
const REPEATS = 2;

/** Where the outcome of tuning outlives the engine, by text keys. */
export interface BatchMemory {
  get(key: string): Promise<number | undefined>;
  set(key: string, batch: number): Promise<void>;
}

/**
 * The batch with the most rows a second, from the smallest up until larger ones stop helping.
 * @param pass runs a forward pass over so many rows, warmed up @param now milliseconds
 */
export async function fastestBatch(
  pass: (rows: number) => Promise<unknown>,
  now: () => number,
): Promise<number> {
  const begin = now();
  let best: number = BATCHES[0];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const rows of BATCHES) {
    let cost = Number.POSITIVE_INFINITY;
    for (let i = 0; i < REPEATS; i++) {
      const start = now();
      await pass(rows);
      const took = now() - start;
      cost = Math.min(cost, took / rows);
      if (took > BUDGET_MS) break;
    }
    if (cost < bestCost) {
      best = rows;
      bestCost = cost;
    }
    if (now() - begin > BUDGET_MS || cost > 1.2 * bestCost) break;
  }
  return best;
}

interface Tuning {
  readonly modelHash: string;
  readonly backend: BackendReport;
  /** Runs a forward pass over so many rows. */
  pass(rows: number): Promise<unknown>;
  readonly memory: BatchMemory | undefined;
  /** A clock in milliseconds. */
  now(): number;
}

/** The batch found earlier for this model and backend, else by measurement, which is then remembered. */
export async function tunedBatch({ modelHash, backend, pass, memory, now }: Tuning): Promise<number> {
  const key = `batch|${modelHash}|${backend.reason}`;
  // A browser may refuse storage, as in a private window; then it is measured each time.
  const known = await memory?.get(key).catch(() => undefined);
  if (known !== undefined && (BATCHES as readonly number[]).includes(known)) return known;
  const batch = await fastestBatch(pass, now);
  await memory?.set(key, batch).catch(() => undefined);
  return batch;
}
