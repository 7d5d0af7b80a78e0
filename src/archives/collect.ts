import type { Budget } from './budget';
import { crc32 } from './crc32';
import type { Inflated } from './inflate';

/** Starts to unpack a file's contents, from the start each time. */
export type Inflation = () => Iterable<Inflated>;

/**
 * Gathers what an inflation yields, within the budget. Contents longer than `budget.unmeasured` are inflated twice.
 * @param verify looks at length and CRC before more than that is kept; throws if they are wrong
 * @param counted whether what was read counts as given, as of the outermost archive
 */
export function collect(
  name: string,
  inflate: Inflation,
  budget: Budget,
  counted: boolean,
  verify: (length: number, crc: number) => void,
): Uint8Array {
  let chunks: Uint8Array[] = [];
  let [length, crc, before] = [0, 0, 0];
  for (const { chunk, read } of inflate()) {
    if (counted) budget.given(read - before);
    before = read;
    budget.spend(name, chunk.length);
    length += chunk.length;
    crc = crc32(chunk, crc);
    if (length <= budget.unmeasured) chunks.push(chunk);
    else chunks = [];
  }
  verify(length, crc);
  const whole = new Uint8Array(length);
  let at = 0;
  const kept = length <= budget.unmeasured ? chunks : chunksOf(inflate());
  for (const chunk of kept) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function* chunksOf(all: Iterable<Inflated>): Generator<Uint8Array> {
  for (const { chunk } of all) yield chunk;
}
