import type { Interval } from '../../src/statistics';

/** Pieces of sentences and cells. */

export const round = (value: number, digits = 2): string => {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace('-', '−');
};

export const percent = (share: number): string => `${round(100 * share, 0)} %`;

export const limits = ({ lo, hi }: Pick<Interval, 'lo' | 'hi'>, digits = 2): string =>
  `${round(lo, digits)} to ${round(hi, digits)}`;

export const withLimits = (interval: Interval, digits = 2): string =>
  `${round(interval.value, digits)} (${limits(interval, digits)})`;

export const code = (id: string): string => `\`${id}\``;

/** "a", "a and b", "a, b and c" */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** P values as they are judged: three digits, or below the least that the shuffles can tell. */
export function pText(value: number, least: number): string {
  return value <= least * 1.0001 ? `≤ ${least.toPrecision(1)}` : value.toFixed(3);
}

export const folded = (title: string, body: string): string =>
  `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
