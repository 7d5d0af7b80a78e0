import type { Budget } from './budget';
import { crc32 } from './crc32';

/** Hands unpacked bytes on, chunk by chunk; what `sink` throws ends it. `packed`: bytes that were read for them so far. */
export type Inflation = (sink: (chunk: Uint8Array, packed: number) => void) => void;

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
  let [length, crc, read] = [0, 0, 0];
  inflate((chunk, packed) => {
    if (counted) budget.given(packed - read);
    read = packed;
    budget.spend(name, chunk.length);
    length += chunk.length;
    crc = crc32(chunk, crc);
    if (length <= budget.unmeasured) chunks.push(chunk);
    else chunks = [];
  });
  verify(length, crc);
  const whole = new Uint8Array(length);
  let at = 0;
  const add = (chunk: Uint8Array): void => {
    whole.set(chunk, at);
    at += chunk.length;
  };
  if (length <= budget.unmeasured) for (const chunk of chunks) add(chunk);
  else inflate(add);
  return whole;
}
