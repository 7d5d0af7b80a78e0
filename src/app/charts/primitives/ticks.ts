import type { ScaleContinuousNumeric } from 'd3';
import { textWidth } from './text-width';

type Scale = ScaleContinuousNumeric<number, number>;

/** A tick of an axis. */
export interface Tick {
  /** In CSS pixels of the drawing. */
  readonly at: number;
  readonly text: string;
}

/** About so many ticks at round values. @param format by default the digits that tell them apart */
export function linearTicks(
  scale: Scale,
  count: number,
  format: (value: number) => string = scale.tickFormat(count),
): Tick[] {
  return scale.ticks(count).map((value) => ({ at: scale(value), text: format(value) }));
}

/** A tick at each of the values. */
export const ticksAt = (
  scale: (value: number) => number,
  values: readonly number[],
  format: (value: number) => string = String,
): Tick[] => values.map((value) => ({ at: scale(value), text: format(value) }));

/** A tick in the middle of each band. @param middle of the band with this index, in CSS pixels */
export const bandTicks = (names: readonly string[], middle: (index: number) => number): Tick[] =>
  names.map((text, i) => ({ at: middle(i), text }));

/** A tick at every power of ten within the domain. */
export function decadeTicks(scale: Scale, format?: (value: number) => string): Tick[] {
  const [min = 1, max = 1] = scale.domain();
  const first = Math.ceil(Math.log10(min) - 1e-9);
  const count = Math.floor(Math.log10(max) + 1e-9) - first + 1;
  const powers = Array.from({ length: Math.max(0, count) }, (_, i) => 10 ** (first + i));
  return ticksAt(scale, powers, format);
}

/** Leading digits of the ticks, from the most to the fewest. */
const LEADS: readonly (readonly number[])[] = [[1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];
/** The least space between two labels. */
const APART = 9;

/** As many ticks of every power of ten within the domain of a logarithmic scale as have room for their labels. */
export function logTicks(scale: Scale): Tick[] {
  const [min, max] = scale.domain() as [number, number];
  let ticks: Tick[] = [];
  for (const leads of LEADS) {
    const values: number[] = [];
    for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
      for (const lead of leads) {
        const value = Number((lead * 10 ** power).toPrecision(1));
        if (value >= min * 0.999 && value <= max * 1.001) values.push(value);
      }
    }
    ticks = ticksAt(scale, values);
    const fits = ticks.slice(1).every((tick, i) => {
      const before = ticks[i] as Tick;
      return tick.at - before.at >= textWidth(tick.text + before.text, 'digit') / 2 + APART;
    });
    if (fits) break;
  }
  return ticks;
}

/** Those of the ticks that are at least so many CSS pixels apart, chosen from the last one on. */
export function ticksApart(ticks: readonly Tick[], least: number): Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks.toReversed()) {
    const last = kept.at(-1);
    if (last === undefined || last.at - tick.at >= least) kept.push(tick);
  }
  return kept.reverse();
}
