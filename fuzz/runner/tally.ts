import type { Reader } from '../reader';
import type { Result } from './protocol';

/** Below these, floors of shares and of codes say nothing. */
const RUNS_FOR_SHARES = 40;
const RUNS_FOR_CODES = 90;
const VALID_SHARE = 0.3;

export interface Count {
  runs: number;
  valid: number;
  accepted: number;
  refused: number;
  failed: number;
  /** Of the slowest run. */
  ms: number;
  /** Of the largest run. */
  bytes: number;
  readonly codes: Map<string, number>;
}

/** Counts of a run by reader. */
export class Tally {
  readonly counts = new Map<string, Count>();
  readonly failures: Result[] = [];

  add(result: Result): void {
    const count = this.#countOf(result.reader);
    count.runs++;
    count.valid += Number(result.isValid);
    count[result.outcome]++;
    count.ms = Math.max(count.ms, result.ms);
    count.bytes = Math.max(count.bytes, result.bytes);
    if (result.code !== '') count.codes.set(result.code, (count.codes.get(result.code) ?? 0) + 1);
    if (result.outcome === 'failed') this.failures.push(result);
  }

  #countOf(reader: string): Count {
    const known = this.counts.get(reader);
    if (known !== undefined) return known;
    const count: Count = {
      runs: 0,
      valid: 0,
      accepted: 0,
      refused: 0,
      failed: 0,
      ms: 0,
      bytes: 0,
      codes: new Map(),
    };
    this.counts.set(reader, count);
    return count;
  }

  /** Which readers accept or refuse too little, in sentences. */
  belowFloors(readers: readonly Reader[]): string[] {
    return readers.flatMap(({ id, floors }) => {
      const count = this.counts.get(id);
      if (count === undefined || count.runs < RUNS_FOR_SHARES) return [];
      const { runs, valid, accepted, refused, codes } = count;
      const low = (what: string, found: number, share: number): string[] =>
        found >= share * runs
          ? []
          : [`${id}: ${found} of ${runs} runs ${what}, and at least ${share * 100} % must be.`];
      const missing = runs < RUNS_FOR_CODES ? [] : floors.codes.filter((code) => !codes.has(code));
      return [
        ...low('are valid', valid, VALID_SHARE),
        ...low('are accepted', accepted, floors.accepted),
        ...low('are refused', refused, floors.refused),
        ...missing.map((code) => `${id}: nothing was refused as “${code}”.`),
      ];
    });
  }

  /** The counts as a table. */
  table(): string {
    const rows = [...this.counts].map(([id, count]) => [
      id,
      ...[count.runs, count.valid, count.accepted, count.refused, count.failed].map(String),
      count.ms.toFixed(0),
      (count.bytes / 1e6).toFixed(0),
      [...count.codes]
        .sort(([, a], [, b]) => b - a)
        .map(([code, times]) => `${code} ${times}`)
        .join(', '),
    ]);
    const sum = (key: 'runs' | 'valid' | 'accepted' | 'refused' | 'failed'): string =>
      String([...this.counts.values()].reduce((total, count) => total + count[key], 0));
    const all = [
      'all',
      sum('runs'),
      sum('valid'),
      sum('accepted'),
      sum('refused'),
      sum('failed'),
      '',
      '',
      '',
    ];
    const head = ['reader', 'runs', 'valid', 'accepted', 'refused', 'failed', 'most ms', 'most MB', 'codes'];
    const lines = [head, ...rows, all];
    const widths = head.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
    return lines
      .map((line) =>
        line
          .map((cell, i) =>
            i === 0 || i === 8 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
          )
          .join('  ')
          .trimEnd(),
      )
      .join('\n');
  }
}
