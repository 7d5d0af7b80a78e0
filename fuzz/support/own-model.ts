import { utf8 } from './bytes';
import type { Dice } from './dice';
import { anyEntry, zipOf } from './zip';

/** A model as its files, and the one input that it is asked about. */
export interface GivenModel {
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** [H, W, C], in [0, 1]. */
  readonly input: Float32Array;
  /** What the network takes for black and for white. */
  readonly range: readonly [number, number];
}

/** What the engine says of it. */
export interface Answer {
  readonly classCount: number;
  readonly labels: readonly string[];
  readonly logits: Float32Array;
}

/** Model.json and its weight files in any order, in a folder or not, zipped or not, with a file of labels or without. */
export function packedModel(
  dice: Dice,
  json: string,
  weights: Readonly<Record<string, Uint8Array>>,
  classes: number,
): GivenModel['files'] {
  const names = Array.from({ length: classes }, (_, i) => `class ${i}`).join(dice.pick(['\n', '\r\n']));
  const folder = dice.pick(['', 'net/']);
  const all = {
    'model.json': utf8(json),
    ...weights,
    ...(dice.chance(0.2) && { 'labels.txt': utf8(names) }),
  };
  const named = dice.shuffled(
    Object.entries(all).map(([name, bytes]) => [`${folder}${name}`, bytes] as const),
  );
  return dice.chance(0.3)
    ? { 'net.zip': zipOf(named.map(([name, bytes]) => anyEntry(dice, name, bytes))) }
    : Object.fromEntries(named);
}

/** Values differ by float32's rounding, in sums of some hundred terms. */
const TOLERANCE = 1e-3;

/** Where logits differ from those that were computed otherwise. */
export function differenceOf({ logits }: Answer, wanted: readonly number[]): string | null {
  if (logits.length !== wanted.length) return `${logits.length} logits in place of ${wanted.length}`;
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const at = wanted.findIndex((value, i) => !(Math.abs((logits[i] as number) - value) <= TOLERANCE * scale));
  return at < 0 ? null : `logit ${at} is ${logits[at]} in place of ${wanted[at]}`;
}

/** What no classifier gives. */
export function nonsenseIn({ logits, classCount, labels }: Answer): string | null {
  if (classCount < 2 || logits.length !== classCount)
    return `${logits.length} logits of ${classCount} classes`;
  if (!logits.every(Number.isFinite)) return `logits ${logits}`;
  return new Set(labels).size === labels.length ? null : `labels ${labels}`;
}
