import { CATALOGUE, DEFAULT_ESTIMATORS } from '../../estimators/catalogue';
import { DEFAULT_SEED, DEFAULT_STOP, type StopRule } from '../../estimators/estimate';
import { DEFAULT_RADII } from '../../estimators/radii';
import { type Crop, SMALLEST_CROP } from '../../image';
import type { BackendRequest } from '../../workers/backend-info';
import { STEPS } from './lesson-steps';
import { PANELS, PARTS, type PanelName, type PartName } from './parts';

/** How one setting is written into a link and read from it. Reading never fails: what is wrong becomes the default. */
interface Property<T> {
  readonly fallback: T;
  write(value: T): string;
  /** undefined where the text is no such value; numbers are clamped to their range. */
  read(text: string): T | undefined;
}

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

function number(fallback: number, min: number, max: number): Property<number> {
  return {
    fallback,
    write: (value) => String(value),
    read: (text) => (isNumeric(text) ? clamp(Number(text), min, max) : undefined),
  };
}

function integer(fallback: number, min: number, max: number): Property<number> {
  return {
    fallback,
    write: (value) => String(value),
    read: (text) => (isNumeric(text) ? clamp(Math.round(Number(text)), min, max) : undefined),
  };
}

function optional<T>(inner: Property<T>): Property<T | null> {
  return { fallback: null, write: (value) => (value === null ? '' : inner.write(value)), read: inner.read };
}

function choice<T extends string>(fallback: T, values: readonly T[]): Property<T> {
  return { fallback, write: (value) => value, read: (text) => values.find((value) => value === text) };
}

/** A bundled model, or a person's own by the hash of its files. */
const model: Property<string> = {
  fallback: '',
  write: (value) => value,
  read: (text) => (/^([a-z0-9-]{1,64}|sha256:[0-9a-f]{64})$/.test(text) ? text : undefined),
};

/**
 * A sample of this project, an image of a data set: data:<data set>:<split>:<number>, or that it was a picture of its
 * owner's, which no link holds: own:<beginning of its hash>.
 */
const picture: Property<string> = {
  fallback: '',
  write: (value) => value,
  read: (text) =>
    /^([a-z0-9-]{1,64}|data:[a-z0-9-]{1,32}:(test|train):\d{1,6}|own:[0-9a-f]{12})$/.test(text)
      ? text
      : undefined,
};

/** x,y,size, each clamped to [0, 1]. */
const crop: Property<Crop> = {
  fallback: { x: 0, y: 0, size: 1 },
  write: ({ x, y, size }) => [x, y, size].join(),
  read: (text) => {
    const parts = text.split(',');
    const [x, y, size] = parts.map((part) => (isNumeric(part) ? clamp(Number(part), 0, 1) : undefined));
    if (parts.length !== 3 || x === undefined || y === undefined || size === undefined) return undefined;
    return { x, y, size: Math.max(size, SMALLEST_CROP) };
  },
};

/** x,y on the lesson's plane, each clamped to [0, 1]. */
const point: Property<readonly [number, number]> = {
  fallback: [0.5, 0.5],
  write: (value) => value.join(),
  read: (text) => {
    const [x, y, ...rest] = text
      .split(',')
      .map((part) => (isNumeric(part) ? clamp(Number(part), 0, 1) : undefined));
    return x === undefined || y === undefined || rest.length > 0 ? undefined : [x, y];
  },
};

/** What the shown curve stands beside: another model with the same picture, or another picture with the same model. */
export type Comparison =
  | { readonly with: 'model'; readonly id: string }
  | { readonly with: 'picture'; readonly id: string; readonly crop: Crop | null };

/** model:<id> or picture:<id>, the latter perhaps with @<crop>. */
const comparison: Property<Comparison | null> = {
  fallback: null,
  write: (value) => {
    if (value === null) return '';
    if (value.with === 'model') return `model:${value.id}`;
    return `picture:${value.id}${value.crop === null ? '' : `@${crop.write(value.crop)}`}`;
  },
  read: (text) => {
    const [, kind, rest = ''] = /^(model|picture):(.+)$/.exec(text) ?? [];
    if (kind === 'model') {
      const id = model.read(rest);
      return id === undefined ? undefined : { with: 'model', id };
    }
    const [name = '', part] = rest.split('@');
    const id = kind === 'picture' ? picture.read(name) : undefined;
    return id === undefined
      ? undefined
      : { with: 'picture', id, crop: (part === undefined ? undefined : crop.read(part)) ?? null };
  },
};

function subset<T extends string>(fallback: readonly T[], known: readonly T[]): Property<readonly T[]> {
  return {
    fallback,
    write: (value) => value.join('.'),
    read: (text) => {
      const wanted = new Set<string>(text.split('.'));
      const found = known.filter((id) => wanted.has(id));
      return found.length > 0 ? found : undefined;
    },
  };
}

function isNumeric(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

/** Radii that make sense for inputs in [0, 1]. */
export const SIGMA_RANGE = { min: 0.001, max: 10 } as const;
export const RADII_RANGE = { min: 2, max: 40 } as const;
export const SAMPLES_RANGE = { min: 256, max: 1_000_000 } as const;
export const HALF_WIDTH_RANGE = { min: 0.001, max: 0.25 } as const;
/** Radii of the noise on the lesson's plane. */
export const NOISE_RANGE = { min: 0.02, max: 0.4 } as const;

const sigma = number(1, SIGMA_RANGE.min, SIGMA_RANGE.max);
const precision = DEFAULT_STOP as Extract<StopRule, { rule: 'precision' }>;

/** How many times as large the difference between a picture and its adversary can be shown. */
export const GAINS: readonly number[] = [1, 2, 4, 8, 16, 32, 64];

const gain: Property<number> = {
  fallback: 8,
  write: (value) => String(value),
  read: (text) => GAINS.find((value) => String(value) === text),
};

/** Every setting that changes what is shown. The keys are the names in the link's query. */
const PROPERTIES = {
  view: choice('explore', ['explore', 'learn', 'data']),
  /** Of the lesson. */
  step: choice(STEPS[0], STEPS),
  /** Where the picture of two pixels lies, and how much noise it gets; null: as the step begins. */
  point: optional(point),
  noise: optional(number(0.1, NOISE_RANGE.min, NOISE_RANGE.max)),
  /** What a page shows that stands within another one; empty: everything. */
  embed: choice('', ['', 'figure', 'curve', 'noise']),
  /** What a teacher has hidden. */
  hide: subset<PartName>([], PARTS),
  /** What a teacher has locked. */
  lock: choice('', ['', 'model']),
  /** Large for a projector. */
  text: choice('normal', ['normal', 'large']),
  model,
  sample: picture,
  /** The part of the sample that the model sees; null: the largest in the middle. Another picture's is not in a link. */
  crop: optional(crop),
  /** null: the range that the cards of the model and its relatives recommend */
  sigmaMin: optional(sigma),
  sigmaMax: optional(sigma),
  radii: integer(DEFAULT_RADII, RADII_RANGE.min, RADII_RANGE.max),
  estimators: subset<string>(
    DEFAULT_ESTIMATORS,
    CATALOGUE.map(({ id }) => id),
  ),
  seed: integer(DEFAULT_SEED, 0, Number.MAX_SAFE_INTEGER),
  /** null: the class predicted at the clean image */
  target: optional(integer(0, 0, 100_000)),
  compare: comparison,
  /** null: a radius chosen by the page */
  cursor: optional(sigma),
  /** What is unfolded. */
  open: subset<PanelName>([], PANELS),
  /** How large the adversary's difference is shown; null: it is not. */
  magnified: optional(gain),
  scale: choice('linear', ['linear', 'logit']),
  theme: choice('system', ['system', 'light', 'dark']),
  stop: choice('precision', ['precision', 'fixed']),
  halfWidth: number(precision.halfWidth, HALF_WIDTH_RANGE.min, HALF_WIDTH_RANGE.max),
  maxSamples: integer(precision.maxSamples, SAMPLES_RANGE.min, SAMPLES_RANGE.max),
  samples: integer(10_000, SAMPLES_RANGE.min, SAMPLES_RANGE.max),
  backend: choice<BackendRequest>('auto', ['auto', 'webgpu', 'wasm', 'cpu']),
  /** Threads of the wasm backend; null: one for each core, up to eight */
  threads: optional(integer(1, 1, 8)),
};

type PropertyTable = typeof PROPERTIES;
export type Settings = {
  readonly [K in keyof PropertyTable]: PropertyTable[K] extends Property<infer T> ? T : never;
};
type Key = keyof Settings;

/** What can be shown alone, within another page: the figure of a step, the curve, the noisy copies. */
export type Embedded = Exclude<Settings['embed'], ''>;

/** Raised when a link of today could not be read as it was meant. */
const LINK_VERSION = '1';

const table = Object.entries(PROPERTIES) as unknown as [Key, Property<unknown>][];

export const DEFAULT_SETTINGS = Object.fromEntries(
  table.map(([key, property]) => [key, property.fallback]),
) as unknown as Settings;

/** Settings from a link's query string. Unknown names are ignored, impossible values replaced, numbers clamped. */
export function readSettings(query: string): Settings {
  const parameters = new URLSearchParams(query);
  const read = Object.fromEntries(
    table.map(([key, property]) => {
      const text = parameters.get(key);
      return [key, (text === null ? undefined : property.read(text)) ?? property.fallback];
    }),
  ) as unknown as Settings;
  const { sigmaMin, sigmaMax } = read;
  return sigmaMin !== null && sigmaMax !== null && sigmaMin >= sigmaMax
    ? { ...read, sigmaMin: null, sigmaMax: null }
    : read;
}

/** The query string, with its question mark, that restores these settings; defaults are left out. */
export function writeSettings(settings: Settings): string {
  const parameters = new URLSearchParams();
  for (const [key, property] of table) {
    const text = property.write(settings[key]);
    if (text !== property.write(property.fallback)) parameters.set(key, text);
  }
  if (parameters.size === 0) return '';
  parameters.set('v', LINK_VERSION);
  return `?${parameters}`;
}

export function stopRule(settings: Settings): StopRule {
  return settings.stop === 'fixed'
    ? { rule: 'fixed', samples: settings.samples }
    : { rule: 'precision', halfWidth: settings.halfWidth, maxSamples: settings.maxSamples };
}
