import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { DatasetHeader } from './table';

/** JSON with the keys of every object in order, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const DIGITS = 16;

/**
 * Names a run in 17 characters: `r` and the first hexadecimal digits of the SHA-256 of its header. All shards of a run
 * have the same one; another model, data, radius, seed, rule or version gives another.
 */
export function runId({ shard: _, ...run }: DatasetHeader): string {
  return `r${bytesToHex(sha256(utf8ToBytes(canonicalJson(run)))).slice(0, DIGITS)}`;
}
