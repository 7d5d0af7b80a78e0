import { median, quantileSorted } from 'd3';
import type { MeasureRequest } from '../../src/workers/protocol/batch';
import type { Side } from '../support/side';

/** How long one reading lasts, and the pause before it, in which the threads of the last side stop spinning. */
const READING_MS = 300;
const PAUSE_MS = 150;
const MOST_REPEATS = 1000;

export type Cell = Omit<MeasureRequest, 'repeats'>;

/** Images per second over the rounds. */
export interface Rate {
  readonly median: number;
  readonly quartiles: readonly [number, number];
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** Repeats that make a reading last about as long as it should, from readings that warm the side up. */
async function warmUp(side: Side, cell: Cell): Promise<number> {
  await side.measure({ ...cell, repeats: 3 });
  const fastest = Math.min(...(await side.measure({ ...cell, repeats: 3 })));
  return Math.min(MOST_REPEATS, Math.max(1, Math.ceil(READING_MS / Math.max(fastest, 1e-3))));
}

/**
 * Times one pass on every side, one side after the other in each round, in turns forwards and backwards: what slows
 * the machine for a while slows all of them. Returns images per second by round, in the order of `sides`.
 */
export async function timeInRounds(sides: readonly Side[], cell: Cell, rounds: number): Promise<number[][]> {
  const contenders: { side: Side; repeats: number; rates: number[] }[] = [];
  for (const side of sides) contenders.push({ side, repeats: await warmUp(side, cell), rates: [] });
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const { side, repeats, rates } of order) {
      await pause();
      const times = await side.measure({ ...cell, repeats });
      const ms = times.reduce((sum, time) => sum + time, 0);
      rates.push((1000 * cell.batch * repeats) / ms);
    }
  }
  return contenders.map(({ rates }) => rates);
}

/** @param rates at least one */
export function summarise(rates: readonly number[]): Rate {
  const sorted = [...rates].sort((a, b) => a - b);
  return {
    median: median(sorted) as number,
    quartiles: [quantileSorted(sorted, 0.25) as number, quantileSorted(sorted, 0.75) as number],
  };
}
