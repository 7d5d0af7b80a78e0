import { EngineError } from '../../../errors';
import { withGraphAdvice } from '../explain';
import type { Json } from '../json';

/** Whose settings are being read. */
export interface LayerContext {
  readonly name: string;
  readonly className: string;
  /** Which of the versions that mean different things by the same words wrote them. */
  readonly keras: 2 | 3;
  /** Weights of this layer that Keras calls otherwise than tfjs. */
  rename(weight: string, to: string): void;
  /** The type of a stored weight of this layer, null where there is none of the name. */
  typeOf(weight: string): string | null;
  /** Activations can be given by their names in tfjs alone. */
  readonly namesOnly: boolean;
  /** Somewhere in the network a layer leaves out what Masking has marked. */
  readonly readsMasks: boolean;
  /** Refuses a setting by its name and value. */
  refuse(setting: string, value: unknown): never;
}

/**
 * What a value of a setting may be: anything, since tfjs obeys it or it has no effect on predictions; one of a few
 * values; or what a test lets through. Null and absent stand for the default and always pass.
 */
export type Setting = 'any' | readonly unknown[] | ((value: unknown) => boolean);

/** The settings of a class of layers, and how it is told to tfjs where that has it otherwise. Changes `layer`. */
export interface LayerForm {
  readonly settings: Readonly<Record<string, Setting>> | 'all';
  rewrite?(config: Json, layer: Json, context: LayerContext): void;
}

const shortened = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};

export function settingRefused(
  { name, className }: { readonly name: string; readonly className: string },
  setting: string,
  value: unknown,
): EngineError {
  return new EngineError(
    'model_unsupported',
    withGraphAdvice(
      `The layer “${name.slice(0, 80)}” (${className.slice(0, 80)}) has the setting ${setting.slice(0, 80)} = ${shortened(value)}, which cannot be obeyed here`,
    ),
  );
}

/** Settings that change nothing about predictions, whatever the layer. */
const HARMLESS = new Set([
  'name',
  'trainable',
  'dtype',
  'batch_input_shape',
  'batch_shape',
  'input_dtype',
  'autocast',
  'seed',
  'noise_shape',
  'updatable',
  'implementation',
]);
const LEARNING = /(^|_)(initializer|regularizer|constraint)$/;

const isAbsent = (value: unknown): boolean => value === null || value === undefined;

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Throws EngineError model_unsupported for the first setting that would be ignored. */
export function assertSettings(config: Json, { settings }: LayerForm, context: LayerContext): void {
  if (settings === 'all') return;
  for (const [key, value] of Object.entries(config)) {
    if (isAbsent(value) || HARMLESS.has(key) || LEARNING.test(key)) continue;
    const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
    const passes =
      setting === 'any' ||
      (typeof setting === 'function' ? setting(value) : setting?.some((each) => same(each, value)));
    if (passes !== true) context.refuse(key, value);
  }
}

/** All of a list, or the only value. */
export const each =
  (test: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    [value].flat(3).every(test);

export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

/** Reads numbers among a layer's settings: that under a key, or the default. Refuses anything else. */
export const numberIn =
  (config: Json, context: LayerContext) =>
  (key: string, otherwise: number): number => {
    const value = config[key] ?? otherwise;
    return isNumber(value) ? value : context.refuse(key, value);
  };

/** Keeps a layer's name and input, and makes it another one. */
export function become(layer: Json, className: string, settings: Json): void {
  const { name, batch_input_shape } = layer.config as Json;
  layer.class_name = className;
  layer.config = { name, ...(batch_input_shape === undefined ? {} : { batch_input_shape }), ...settings };
}
