import { format } from 'd3';
import type { Estimate } from '../../estimators/estimate';
import type { BoundedValue } from '../../estimators/readouts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 3·10⁻⁸, of a positive number below 1. */
function formatPower(value: number): string {
  const [lead, exponent = ''] = value.toExponential(0).split('e-');
  return `${lead}·10⁻${Array.from(exponent, (digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}

/** 0.873; near the ends as many digits as tell it from 0 and 1; never "1.000" for what is not exactly 1. */
export function formatProbability(p: number): string {
  if (p === 0 || p === 1) return String(p);
  const edge = Math.min(p, 1 - p);
  if (edge < 1e-4) return p < 0.5 ? formatPower(p) : `1 − ${formatPower(1 - p)}`;
  return p.toFixed(edge >= 0.001 ? 3 : 4);
}

/** 99.2 %; what is not all is never shown as all. */
export function formatPercent(p: number): string {
  return p > 0.9995 && p < 1 ? '> 99.9 %' : `${(100 * p).toFixed(1)} %`;
}

/** Limits are rounded outwards, so that what is printed still covers. */
function outwardLimits(lo: number, hi: number): [string, string] {
  const digits = Math.min(lo, 1 - hi) < 0.01 ? 4 : 3;
  const unit = 10 ** digits;
  return [(Math.floor(lo * unit) / unit).toFixed(digits), (Math.ceil(hi * unit) / unit).toFixed(digits)];
}

export const formatLimits = (lo: number, hi: number): string => outwardLimits(lo, hi).join('–');

/** A share of samples as it may be claimed: none or all of them seen is a limit, not a certainty. */
export function formatShare(p: number, lo: number, hi: number): string {
  const [low, high] = outwardLimits(lo, hi);
  if (p === 1) return `≥ ${low}`;
  if (p === 0) return `≤ ${high}`;
  return formatProbability(p);
}

/** The value of an estimate as it may be claimed; an analytical one is never quite 0 or 1, but for rounding. */
export function formatEstimate({
  p,
  lo,
  hi,
  flags,
}: Pick<Estimate, 'p' | 'lo' | 'hi'> & { readonly flags: readonly string[] }): string {
  if (lo !== null && hi !== null) return formatShare(p, lo, hi);
  if (flags.includes('zero_gradient')) return formatProbability(p);
  if (p === 1) return '> 1 − 10⁻¹⁵';
  if (p === 0) return '< 10⁻³⁰⁰';
  return formatProbability(p);
}

export const formatSigma = (sigma: number): string => String(Number(sigma.toPrecision(3)));

/** +0.12 or −0.003 */
export function formatDifference(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${formatProbability(Math.abs(difference))}`;
}

/** 0.925, ≥ 0.92 or ≤ 0.93: limits are rounded so that they still hold. */
export function formatBounded({ relation, value }: BoundedValue, decimals: number): string {
  const unit = 10 ** decimals;
  if (relation === '=') return signed(value.toFixed(decimals));
  if (relation === '>=') return `≥ ${formatDown(value, decimals)}`;
  return `≤ ${signed((Math.ceil(value * unit) / unit).toFixed(decimals))}`;
}

/** Rounded down: what is promised up to the number holds up to what is printed. */
export function formatDown(value: number, decimals: number): string {
  const unit = 10 ** decimals;
  return signed((Math.floor(value * unit) / unit).toFixed(decimals));
}

/** Decimals that a distance is given with: three digits. */
const decimalsOf = (distance: number): number =>
  Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(distance) || 0.1))));

/** A distance, or a bound on it, to three digits, the same wherever it stands. */
export const formatDistance = (distance: BoundedValue): string =>
  formatBounded(distance, decimalsOf(distance.value));

/** The same of a distance up to which something is promised. */
export const formatPromised = (distance: number): string => formatDown(distance, decimalsOf(distance));

export const formatShareDone = (fraction: number): string => `${Math.round(100 * fraction)} %`;

const signed = (text: string): string => text.replace(/^-/, '−');

/** 99.9 % of 0.999 */
export const formatLevel = (level: number): string => `${Number((100 * level).toPrecision(6))}\u00a0%`;

/** 12,500 */
export const formatCount: (value: number) => string = format(',');

/** A standard error, to one digit. */
export function formatError(error: number): string {
  return error === 0 ? 'exact' : `± ${error < 1e-4 ? formatPower(error) : error.toPrecision(1)}`;
}

export function formatMs(ms: number): string {
  if (ms < 1) return '<1 ms';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** 31 kB, 4.2 MB */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
