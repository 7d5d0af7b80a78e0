import { COMMANDS } from '../../src/cli/main';
import {
  parseCrop,
  parseEstimators,
  parseInputSize,
  parseNumbers,
  parseRange,
  parseSeed,
  parseSelection,
  parseShard,
  parseSigmas,
  parseStop,
  parseTarget,
  parseThreads,
} from '../../src/cli/values';
import type { Reader, Trial } from '../reader';
import { outputOf } from '../support/cli';
import type { Dice } from '../support/dice';
import { jsonText } from '../support/json';

/** A value as it is typed, and what it means. */
interface Typed {
  readonly text: string;
  readonly means: unknown;
}

interface Option {
  parse(text: string): unknown;
  valid(dice: Dice): Typed;
  /** What no reading can give. */
  nonsense(found: unknown): string | null;
}

const LABELS = ['cat', 'dog', 'Red Car', '7'] as const;
const numeral = (dice: Dice, value: number): string =>
  dice.pick([
    String(value),
    value.toExponential(),
    `+${value}`,
    value < 1 && value > 0 ? String(value).slice(1) : String(value),
  ]);
const sigma = (dice: Dice): number => dice.pick([1e-6, 1000, dice.real(0.01, 2)]);
const part = (dice: Dice): number => Number(dice.real(0.01, 1).toFixed(4));

const areNumbers =
  (min: number, max: number, length?: number) =>
  (found: unknown): string | null => {
    const list = Array.isArray(found)
      ? found
      : Object.values(found as object).filter((value) => typeof value === 'number');
    const isIn = list.every((value) => typeof value === 'number' && value >= min && value <= max);
    return isIn && (length === undefined || list.length === length) ? null : jsonText(found);
  };

const isWholeFrom =
  (min: number, max: number) =>
  (found: unknown): string | null =>
    Number.isSafeInteger(found) && (found as number) >= min && (found as number) <= max
      ? null
      : String(found);

const whole =
  (min: number, max: number) =>
  (dice: Dice): Typed => {
    const means = dice.pick([min, max, dice.between(min, Math.min(max, 1e6))]);
    return { text: dice.pick([String(means), `00${means}`]), means };
  };

const OPTIONS: Readonly<Record<string, Option>> = {
  seed: {
    parse: parseSeed,
    valid: whole(0, Number.MAX_SAFE_INTEGER),
    nonsense: isWholeFrom(0, Number.MAX_SAFE_INTEGER),
  },
  threads: { parse: parseThreads, valid: whole(1, 8), nonsense: isWholeFrom(1, 8) },
  sigmas: {
    parse: (text) => parseSigmas(text),
    valid: (dice) => {
      const values = dice.list(dice.between(1, 5), () => sigma(dice));
      return {
        text: values.map((value) => numeral(dice, value)).join(dice.pick([',', ', '])),
        means: [...new Set(values)].sort((a, b) => a - b),
      };
    },
    nonsense: areNumbers(1e-6, 1000),
  },
  stop: {
    parse: parseStop,
    valid: (dice) => {
      const count = dice.between(1, 1e9);
      const halfWidth = part(dice) / 2;
      return dice.pick<Typed>([
        { text: `fixed:${count}`, means: { rule: 'fixed', samples: count } },
        {
          text: `precision:${halfWidth}:${count}`,
          means: { rule: 'precision', halfWidth, maxSamples: count },
        },
      ]);
    },
    nonsense: areNumbers(1e-6, 1e9),
  },
  crop: {
    parse: parseCrop,
    valid: (dice) => {
      const [x, y, size] = [part(dice), part(dice), part(dice)];
      return { text: [x, y, size].map((value) => numeral(dice, value)).join(), means: { x, y, size } };
    },
    nonsense: areNumbers(0, 1, 3),
  },
  numbers: {
    parse: (text) => parseNumbers('--mean', text, 3),
    valid: (dice) => {
      const means = dice.list(3, () => dice.pick([0.5, -1, 123.68, 0]));
      return { text: means.join(), means };
    },
    nonsense: areNumbers(-Number.MAX_VALUE, Number.MAX_VALUE, 3),
  },
  range: {
    parse: parseRange,
    valid: (dice) => {
      const means = dice.pick([
        [0, 1],
        [-1, 1],
        [0, 255],
        [1, 0],
      ]);
      return { text: means.join(':'), means };
    },
    nonsense: areNumbers(-Number.MAX_VALUE, Number.MAX_VALUE, 2),
  },
  size: {
    parse: parseInputSize,
    valid: (dice) => {
      const means = [dice.between(1, 9999), dice.between(1, 9999), dice.pick([1, 3])];
      return { text: means.join('x'), means };
    },
    nonsense: areNumbers(1, 9999, 3),
  },
  estimators: {
    parse: parseEstimators,
    valid: (dice) => {
      // In the registry's order.
      const means = dice.some(['taylor', 'softmax', 'mmse', 'mc']);
      if (means.length === 0) means.push('mc');
      return { text: dice.shuffled(means).join(','), means };
    },
    nonsense: (found) => ((found as unknown[]).length > 0 ? null : 'no estimator'),
  },
  target: {
    parse: (text) => parseTarget(text, LABELS),
    valid: (dice) => {
      const means = dice.below(3);
      return { text: dice.pick([String(means), LABELS[means] as string]), means };
    },
    nonsense: isWholeFrom(0, LABELS.length - 1),
  },
  images: {
    parse: (text) => parseSelection(text, 5),
    valid: (dice) => {
      const count = dice.between(1, 1e9);
      return dice.pick<Typed>([
        { text: 'all', means: { kind: 'all' } },
        { text: `first:${count}`, means: { kind: 'first', count } },
        { text: `class:${count}`, means: { kind: 'per_class', count, seed: 5 } },
      ]);
    },
    nonsense: areNumbers(1, 1e9),
  },
  shard: {
    parse: parseShard,
    valid: (dice) => {
      const of = dice.between(1, 1e6);
      const number = dice.between(1, of);
      return { text: `${number}/${of}`, means: { number, of } };
    },
    nonsense: (found) => {
      const { number, of } = found as { number: number; of: number };
      return Number.isInteger(number) && number >= 1 && number <= of ? null : jsonText(found);
    },
  },
};

const STRANGE: readonly string[] = [
  '',
  ' ',
  '-',
  '--',
  '-1',
  '1e999',
  'NaN',
  'Infinity',
  '0x10',
  '1e-400',
  '９',
  '1_000',
  ':',
  '::',
  ',',
  ',,',
  '/',
  'x',
  '1/0',
  '0/0',
  '1:2:3:4',
  'toString',
  '__proto__',
  'a\u0000b',
  '\u001b[31m',
  '=1',
];

function strange(dice: Dice, option: Option): string {
  const { text } = option.valid(dice);
  const other = dice.pick(Object.values(OPTIONS)).valid(dice).text;
  const at = dice.below(text.length + 1);
  return dice.pick([
    dice.pick(STRANGE),
    `${text.slice(0, at)}${dice.pick([...STRANGE, String(dice.extreme())])}${text.slice(at)}`,
    text.slice(0, at),
    other,
    String(dice.extreme()),
    text.repeat(dice.pick([2, 500])),
  ]);
}

type Input = { readonly option: string; readonly text: string } | { readonly line: readonly string[] };

/** A command line that can only end in a sentence: it names files that are not there. */
function line(dice: Dice): string[] {
  const command = dice.pick(COMMANDS);
  const words = dice.list(dice.between(0, 6), () => {
    const name = dice.pick(Object.keys(command.options));
    const value = strange(dice, dice.pick(Object.values(OPTIONS)));
    return dice.pick([
      [`--${name}`, value],
      [`--${name}=${value}`],
      [value],
      [`--${name}`],
      [`-${name[0]}`, value],
    ]);
  });
  const known = [
    [`--image`, 'not-there.png'],
    ['--out', 'not/there/x.json'],
    ['--sigma', '0.1'],
    ['--data', 'not-there'],
  ];
  const name = dice.chance(0.9) ? command.name : dice.pick(STRANGE);
  return [name, ...dice.shuffled([...words, ...dice.some(known, 0.3)]).flat()].slice(0, 20);
}

/** Those that give an answer of their own. */
const HARMLESS: readonly (readonly string[])[] = [
  ['--help'],
  ['--version'],
  ['models', '--json'],
  ['estimators'],
  ['sweep', '--help'],
  ['cdf', '-h'],
];

function generate(dice: Dice): Trial<Input, unknown> {
  const id = dice.pick(Object.keys(OPTIONS));
  const option = OPTIONS[id] as Option;
  if (dice.chance(0.4)) {
    const { text, means } = option.valid(dice);
    return {
      kind: `valid --${id}`,
      input: { option: id, text },
      files: { 'argument.txt': text },
      expected: 'accepted',
      check: (found) =>
        jsonText(found) === jsonText(means)
          ? option.nonsense(found)
          : `${jsonText(found)} in place of ${jsonText(means)}`,
    };
  }
  if (dice.chance(0.5)) {
    const text = strange(dice, option);
    return {
      kind: `strange --${id}`,
      input: { option: id, text },
      files: { 'argument.txt': text },
      expected: 'either',
      check: option.nonsense,
    };
  }
  const isHarmless = dice.chance(0.05);
  const words = isHarmless ? dice.pick(HARMLESS) : line(dice);
  return {
    kind: isHarmless ? 'valid line' : 'strange line',
    input: { line: words },
    files: { 'arguments.json': jsonText(words) },
    expected: isHarmless ? 'accepted' : 'either',
    check: (found) => (typeof found === 'string' && found.length > 0 ? null : 'nothing was written'),
  };
}

/** Options' values, and whole command lines. */
export const commandLine: Reader<Input, unknown> = {
  id: 'arguments',
  share: 10,
  floors: { accepted: 0.3, refused: 0.2, codes: ['exit 2'] },
  generate,
  read: (input) =>
    'line' in input ? outputOf(input.line) : (OPTIONS[input.option] as Option).parse(input.text),
};
