import * as v from 'valibot';
import { INTERVAL_KINDS } from '../estimators/estimate';

/**
 * Fields that results share, bounded so that a file which is read can be drawn. Each bound's message follows the field's
 * name: “seed is not a whole number from 0 to 5”.
 */

/** More characters than a label or an id of anybody's has. */
const MOST_CHARACTERS = 1000;

export const text = v.pipe(
  v.string(),
  v.maxLength(MOST_CHARACTERS, `is longer than ${MOST_CHARACTERS} characters`),
);

/** A hash, or the beginning of one. */
export const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{1,64}$/, 'is not a hash of up to 64 hex digits'));

/** A finite number within limits that belong to it. */
export function numberFrom(min: number, max: number) {
  const message = `is not a number from ${min} to ${max}`;
  return v.pipe(v.number(), v.minValue(min, message), v.maxValue(max, message));
}

/** A whole number within limits that belong to it. */
function wholeFrom(min: number, max: number) {
  const message = `is not a whole number from ${min} to ${max}`;
  return v.pipe(v.number(), v.integer(message), v.minValue(min, message), v.maxValue(max, message));
}

/** A list of so many at most. */
export function listOf<const Item extends v.GenericSchema>(item: Item, most: number) {
  return v.pipe(v.array(item), v.maxLength(most, `has more than ${most} entries`));
}

export const probability = numberFrom(0, 1);
/** A radius of noise: far more than pixels of 0 to 1 need, to either side. */
export const radius = numberFrom(1e-12, 1e6);
export const finite = numberFrom(-1e12, 1e12);
/** Errors, times in ms. */
export const amount = numberFrom(0, 1e12);
/** Passes, samples, gradients. */
export const count = wholeFrom(0, Number.MAX_SAFE_INTEGER);
export const seed = wholeFrom(0, Number.MAX_SAFE_INTEGER);

export const classNumber = wholeFrom(0, 1_000_000);
/** Pixels of a source picture, to one side. */
const side = wholeFrom(1, 1_000_000);

/** SHA-256 of the prepared float32 little-endian NHWC bytes; width and height of the source picture. */
export const imageRecord = v.object({ sha256: hash, width: side, height: side });

/** A class and what it is called. */
export const classRecord = v.object({ index: classNumber, label: text });

export const stopRecord = v.variant('rule', [
  v.object({
    rule: v.literal('precision'),
    halfWidth: numberFrom(0, 1),
    maxSamples: wholeFrom(1, Number.MAX_SAFE_INTEGER),
  }),
  v.object({ rule: v.literal('fixed'), samples: wholeFrom(1, Number.MAX_SAFE_INTEGER) }),
]);

export const intervalKind = v.picklist(INTERVAL_KINDS);

export const flagList = listOf(text, 64);
