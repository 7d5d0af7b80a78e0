import { constants, crc32, deflateRawSync } from 'node:zlib';
import { allJoined } from './bytes';

const BLOCK = 1 << 20;
let known: Uint8Array | undefined;

/** A megabyte of zeros as deflated bytes that more may follow. */
function block(): Uint8Array {
  known ??= Uint8Array.from(deflateRawSync(new Uint8Array(BLOCK), { finishFlush: constants.Z_FULL_FLUSH }));
  return known;
}

/** An empty last block. */
const END = Uint8Array.of(3, 0);

/** So many megabytes of zeros, deflated without a header: about a kilobyte each. */
export const deflatedZeros = (megabytes: number): Uint8Array =>
  allJoined([...new Array<Uint8Array>(megabytes).fill(block()), END]);

/** The CRC of so many megabytes of zeros. */
export function crcOfZeros(megabytes: number): number {
  const zeros = new Uint8Array(BLOCK);
  let crc = 0;
  for (let i = 0; i < megabytes; i++) crc = crc32(zeros, crc);
  return crc;
}

export const MEGABYTE = BLOCK;
