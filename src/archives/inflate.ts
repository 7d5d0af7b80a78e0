import { Inflate } from 'fflate';

/** Bytes that are inflated at once; they yield at most 1032 times as many. */
export const STEP = 8192;

/** A part of what was unpacked, and how many packed bytes were read for it and all before it. */
export interface Inflated {
  readonly chunk: Uint8Array;
  readonly read: number;
}

/** Inflates a Deflate stream (RFC 1951) step by step, as far as it is asked for. Throws fflate’s error where it is damaged; one that is cut off yields what is there. */
export function* inflated(packed: Uint8Array): Generator<Inflated> {
  let chunk = new Uint8Array();
  const inflate = new Inflate((data) => {
    chunk = data;
  });
  for (let read = 0; read < packed.length; ) {
    const at = read;
    read = Math.min(at + STEP, packed.length);
    inflate.push(packed.subarray(at, read));
    if (chunk.length > 0) yield { chunk, read };
    chunk = new Uint8Array();
  }
}
