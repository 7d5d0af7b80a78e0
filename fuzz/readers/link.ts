import { DEFAULT_SETTINGS, readSettings, type Settings, writeSettings } from '../../src/app/state/settings';
import { type Reader, Refusal, type Trial } from '../reader';
import type { Dice } from '../support/dice';

type Key = keyof Settings;

/** A setting as a link has it, and what it means. */
interface Known {
  readonly text: string;
  readonly value: unknown;
}

const number =
  (min: number, max: number) =>
  (dice: Dice): Known => {
    const value = dice.chance(0.2) ? dice.pick([min, max]) : dice.real(min, max);
    const text = dice.pick([String(value), value.toExponential(), ` ${value}`, `+${value}`]);
    return { text, value: Number(text) };
  };

const whole =
  (min: number, max: number) =>
  (dice: Dice): Known => {
    const value = dice.between(min, max);
    return { text: dice.pick([String(value), `0${value}`, `${value}.0`, `+${value}`]), value };
  };

const choice =
  (...values: readonly string[]) =>
  (dice: Dice): Known => {
    const value = dice.pick(values);
    return { text: value, value };
  };

/** Values with dots between, in any order and with strangers among them; the meaning has the order of `known`. */
const subset =
  (...known: readonly string[]) =>
  (dice: Dice): Known => {
    const value = dice.some(known);
    if (value.length === 0) value.push(known[0] as string);
    const text = dice.shuffled([...value, ...(dice.chance(0.3) ? ['stranger'] : [])]).join('.');
    return { text, value };
  };

const share = (dice: Dice): number => Number(dice.real(0.05, 1).toFixed(4));

const crop = (dice: Dice): Known => {
  const [x, y, size] = [share(dice), share(dice), share(dice)];
  return { text: `${x},${y},${size}`, value: { x, y, size } };
};

const point = (dice: Dice): Known => {
  const value = [share(dice), share(dice)];
  return { text: value.join(), value };
};

const model = (dice: Dice): Known =>
  choice('mnist-cnn', 'a-1', `sha256:${dice.pick(['0a', 'ff'] as const).repeat(32)}`)(dice);

const comparison = (dice: Dice): Known => {
  if (dice.chance(0.5)) {
    const { text, value } = model(dice);
    return { text: `model:${text}`, value: { with: 'model', id: value } };
  }
  const part = dice.chance(0.5) ? crop(dice) : null;
  const id = dice.pick(['three-round', 'data:cifar10:test:9999']);
  return {
    text: part === null ? `picture:${id}` : `picture:${id}@${part.text}`,
    value: { with: 'picture', id, crop: part?.value ?? null },
  };
};

/** What a link may say, by its own table. */
const KEYS: Partial<Record<Key, (dice: Dice) => Known>> = {
  view: choice('explore', 'learn', 'data'),
  step: choice('average', 'sampling', 'curve', 'taylor', 'mmse', 'margins', 'digit', 'photo'),
  point,
  noise: number(0.02, 0.4),
  embed: choice('figure', 'curve', 'noise'),
  hide: subset('header', 'steps', 'question', 'input', 'noise', 'compare', 'worst', 'classes', 'help'),
  lock: choice('model'),
  text: choice('normal', 'large'),
  model,
  sample: choice('three-round', 'data:mnist:train:0', 'data:cifar10:test:9999'),
  crop,
  sigmaMin: number(0.001, 0.5),
  sigmaMax: number(0.6, 10),
  radii: whole(2, 40),
  estimators: subset('mc', 'taylor', 'softmax'),
  seed: whole(0, 2 ** 31),
  target: whole(0, 100_000),
  compare: comparison,
  cursor: number(0.001, 10),
  open: subset('worst', 'classes', 'help'),
  magnified: (dice) => {
    const value = dice.pick([1, 2, 4, 8, 16, 32, 64]);
    return { text: String(value), value };
  },
  scale: choice('linear', 'logit'),
  theme: choice('system', 'light', 'dark'),
  stop: choice('precision', 'fixed'),
  halfWidth: number(0.005, 0.25),
  maxSamples: whole(256, 1_000_000),
  samples: whole(256, 1_000_000),
  backend: choice('auto', 'webgpu', 'wasm', 'cpu'),
  threads: whole(1, 8),
};

const same = (a: unknown, b: unknown): boolean => {
  const plain = (value: unknown): string =>
    JSON.stringify(Array.isArray(value) ? value.toSorted() : value, (_key, item) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort())
        : item,
    );
  return plain(a) === plain(b);
};

/** Ranges within which every number of the settings lies, whatever the link said. */
const RANGES: Partial<Record<Key, readonly [number, number]>> = {
  noise: [0.02, 0.4],
  sigmaMin: [0.001, 10],
  sigmaMax: [0.001, 10],
  cursor: [0.001, 10],
  radii: [2, 40],
  seed: [0, Number.MAX_SAFE_INTEGER],
  target: [0, 100_000],
  magnified: [1, 64],
  halfWidth: [0.001, 0.25],
  maxSamples: [256, 1_000_000],
  samples: [256, 1_000_000],
  threads: [1, 8],
};

const WHOLE: readonly Key[] = ['radii', 'seed', 'target', 'maxSamples', 'samples', 'threads'];

function nonsenseIn(settings: Settings): string | null {
  for (const [key, [min, max]] of Object.entries(RANGES) as [Key, readonly [number, number]][]) {
    const value = settings[key];
    if (value === null) continue;
    if (typeof value !== 'number' || !(value >= min && value <= max)) return `${key} is ${value}`;
    if (WHOLE.includes(key) && !Number.isInteger(value)) return `${key} is ${value}`;
  }
  const { sigmaMin, sigmaMax, crop: part, point: place } = settings;
  if (sigmaMin !== null && sigmaMax !== null && !(sigmaMin < sigmaMax))
    return `radii from ${sigmaMin} to ${sigmaMax}`;
  const parts = [...(part === null ? [] : [part.x, part.y, part.size]), ...(place ?? [])];
  if (!parts.every((value) => value >= 0 && value <= 1)) return `parts ${parts}`;
  const again = readSettings(writeSettings(settings));
  return same(again, settings) ? null : `${writeSettings(settings)} does not give the same settings back`;
}

/** A character more or less escaped than it must be. */
function encoded(dice: Dice, text: string): string {
  const plain = encodeURIComponent(text);
  if (dice.chance(0.5)) return plain.replaceAll('%2C', ',').replaceAll('%3A', ':');
  return dice.chance(0.2)
    ? plain.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
    : plain;
}

const STRANGE: readonly string[] = [
  '',
  ' ',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '0x10',
  '1e-400',
  '-0',
  '१२',
  '1_000',
  '%',
  '%zz',
  '%00',
  '__proto__',
  'constructor',
  'toString',
  ',,,',
  ',',
  '.',
  '...',
  '0,0,0,0',
  'NaN,NaN,NaN',
  'model:',
  'picture:@',
  'picture:three@1',
  'data:mnist:test:9999999',
  'sha256:',
  '<script>',
  '../../x',
];

function strange(dice: Dice, key: Key): string {
  const known = KEYS[key]?.(dice).text ?? '';
  const other = KEYS[dice.pick(Object.keys(KEYS) as Key[])]?.(dice).text ?? '';
  return dice.pick([
    dice.pick(STRANGE),
    String(dice.extreme()),
    `${known}${dice.pick(STRANGE)}`,
    known.slice(1),
    other,
    known.repeat(dice.pick([2, 2000])),
    [dice.extreme(), dice.extreme(), dice.extreme()].slice(0, dice.between(1, 3)).join(),
  ]);
}

interface Link {
  readonly query: string;
  /** Nothing in it is a value of today. */
  readonly isStrange: boolean;
}

function generate(dice: Dice): Trial<Link, Settings> {
  const isValid = dice.chance(0.45);
  const shares = isValid ? [0.1, 0.3, 0.9] : [0, 0, 0.5];
  const keys = dice.shuffled(dice.some(Object.keys(KEYS) as Key[], dice.pick(shares)));
  const expected = new Map<Key, unknown>();
  const fields = keys.map((key) => {
    const { text, value } = (KEYS[key] as (dice: Dice) => Known)(dice);
    expected.set(key, value);
    return `${key}=${encoded(dice, text)}`;
  });
  const wrong = (): string => {
    const key = dice.pick(Object.keys(KEYS) as Key[]);
    return `${key}=${dice.chance(0.5) ? encodeURIComponent(strange(dice, key)) : strange(dice, key)}`;
  };
  // The first of two with a name counts, and strangers do not.
  const more = isValid
    ? dice.some(['v=1', 'utm_source=x', 'toString=1', '__proto__=2', '=', '&'])
    : dice.list(dice.between(1, 4), wrong);
  const query = `${dice.pick(['?', ''])}${(isValid ? [...fields, ...more] : dice.shuffled([...more, ...fields])).join('&')}`;
  const check = (found: Settings): string | null => {
    const wrongKey = isValid ? [...expected].find(([key, value]) => !same(found[key], value)) : undefined;
    if (wrongKey === undefined) return nonsenseIn(found);
    const [key, value] = wrongKey;
    return `${key} is ${JSON.stringify(found[key])} in place of ${JSON.stringify(value)}`;
  };
  return {
    kind: isValid ? 'valid' : 'strange values',
    input: { query, isStrange: !isValid },
    files: { 'query.txt': query },
    expected: isValid ? 'accepted' : 'either',
    check,
  };
}

/** The settings in a link's query. Reading never fails: what is no value is left at its default, which counts as refused. */
export const link: Reader<Link, Settings> = {
  id: 'link',
  share: 10,
  floors: { accepted: 0.3, refused: 0.02, codes: ['default'] },
  generate,
  read({ query, isStrange }) {
    const settings = readSettings(query);
    const names = [...new URLSearchParams(query).keys()].filter((name) => Object.hasOwn(KEYS, name)) as Key[];
    const isIgnored =
      isStrange && names.length > 0 && names.every((name) => same(settings[name], DEFAULT_SETTINGS[name]));
    if (isIgnored && nonsenseIn(settings) === null) throw new Refusal('default', '');
    return settings;
  },
};
