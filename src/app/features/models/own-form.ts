import type { PreparationName } from '../../../image';
import type { OwnModelDescription } from '../../../workers/models/own/description';
import { NORMALISATIONS } from '../../../workers/models/own/guess';
import { readLabels } from '../../../workers/models/own/labels';
import { RANGES } from '../../../workers/models/own/value-range';
import { strings } from '../../strings';

type RangeName = keyof typeof RANGES | 'other';
type NormalisationName = keyof typeof NORMALISATIONS | 'other';

/** A description as it is typed. */
export interface OwnModelText {
  readonly name: string;
  readonly height: string;
  readonly width: string;
  readonly channels: string;
  readonly preparation: PreparationName;
  readonly range: RangeName;
  readonly black: string;
  readonly white: string;
  readonly normalisation: NormalisationName;
  readonly mean: string;
  readonly std: string;
  readonly labels: string;
}

const same = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join();

/** Mean and deviation of a name, for so many channels; null where it has none. */
export function normalisationOf(
  name: NormalisationName,
  channels: number,
): { mean: readonly number[]; std: readonly number[] } | null {
  if (name === 'other') return null;
  const { mean, std } = NORMALISATIONS[name];
  if (name === 'none') return { mean: mean.slice(0, channels), std: std.slice(0, channels) };
  return mean.length === channels ? { mean, std } : null;
}

/** The names that make sense for so many channels. */
export function normalisationsFor(channels: number): NormalisationName[] {
  const named = Object.keys(NORMALISATIONS) as (keyof typeof NORMALISATIONS)[];
  return [...named.filter((name) => normalisationOf(name, channels) !== null), 'other'];
}

export const rangeNames = [...Object.keys(RANGES), 'other'] as RangeName[];

export function toText(described: OwnModelDescription): OwnModelText {
  const { name, shape, preparation, range, mean, std, labels } = described;
  const [height, width, channels] = shape;
  const isNamed = (each: NormalisationName): boolean => {
    const values = normalisationOf(each, channels);
    return values !== null && same(values.mean, mean) && same(values.std, std);
  };
  return {
    name,
    height: String(height),
    width: String(width),
    channels: String(channels),
    preparation,
    range: rangeNames.find((each) => each !== 'other' && same(RANGES[each], range)) ?? 'other',
    black: String(range[0]),
    white: String(range[1]),
    normalisation: normalisationsFor(channels).find(isNamed) ?? 'other',
    mean: mean.join(', '),
    std: std.join(', '),
    labels: labels.join('\n'),
  };
}

/** A number as people write it; NaN for anything else. */
function numberOf(text: string): number {
  const trimmed = text.trim().replace('−', '-');
  return trimmed === '' ? Number.NaN : Number(trimmed);
}

/** Numbers with commas or spaces between; one stands for all channels. */
function numbersOf(text: string, channels: number): number[] {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const numbers = parts.map(numberOf);
  return numbers.length === 1 ? new Array<number>(channels).fill(numbers[0] as number) : numbers;
}

/** A description from what was typed, or what is wrong with it in a sentence. */
export function fromText(text: OwnModelText): OwnModelDescription | { readonly problem: string } {
  const messages = strings.ownModel;
  const [height, width, channels] = [text.height, text.width, text.channels].map(numberOf) as [
    number,
    number,
    number,
  ];
  for (const [value, what] of [
    [height, messages.height],
    [width, messages.width],
  ] as const) {
    if (!Number.isFinite(value)) return { problem: messages.wrongNumber(what) };
  }
  const range =
    text.range === 'other' ? ([numberOf(text.black), numberOf(text.white)] as const) : RANGES[text.range];
  if (!range.every(Number.isFinite)) return { problem: messages.wrongNumber(messages.range) };
  const named = normalisationOf(text.normalisation, channels);
  const mean = named?.mean ?? numbersOf(text.mean, channels);
  const std = named?.std ?? numbersOf(text.std, channels);
  for (const [values, what] of [
    [mean, messages.mean],
    [std, messages.std],
  ] as const) {
    if (values.length === 0 || !values.every(Number.isFinite))
      return { problem: messages.wrongNumbers(what) };
  }
  const isDigits = height === 28 && width === 28 && channels === 1;
  return {
    name: text.name.trim(),
    shape: [height, width, channels as 1 | 3],
    preparation: isDigits ? text.preparation : 'photo',
    range: [range[0], range[1]],
    mean: [...mean],
    std: [...std],
    labels: readLabels(text.labels),
  };
}
