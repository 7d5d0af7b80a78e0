import * as v from 'valibot';
import { DataError } from '../data';
import { REFERENCE } from '../estimators/roles';
import { imageSeed } from './image-seed';
import { type DatasetHeader, type DatasetRow, headerSchema, type RowEstimate, rowSchema } from './table';

/** Rounding of sums and logarithms in p, its limits and the softmax. */
const ROUNDING = 1e-6;

const wrong = (message: string): DataError => new DataError('wrong_format', message);

/** How many rows a header's shard holds. */
export const shardSize = ({ selected, shard: { number, of } }: DatasetHeader): number =>
  Math.max(0, Math.ceil((selected - number + 1) / of));

/** Whether an image can be in a header's shard; of images drawn within classes only the data can tell. */
function canHold({ selection, data, shard }: DatasetHeader, index: number): boolean {
  if (index >= data.images) return false;
  if (selection.kind === 'per_class') return true;
  const isSelected = selection.kind === 'all' || index < selection.count;
  return isSelected && index % shard.of === shard.number - 1;
}

/** Why counted copies cannot be those of the estimate; null where they can. */
function whyNotCounted(header: DatasetHeader, predicted: number, estimate: RowEstimate): string | null {
  const { counts, evaluations, p } = estimate;
  if (counts.length === 0) return null;
  if (counts.length !== header.labels.length) {
    return `counts ${counts.length} classes of ${header.labels.length}`;
  }
  const sum = counts.reduce((total, count) => total + count, 0);
  const isSampled = header.estimator === REFERENCE.id;
  if (isSampled ? sum !== evaluations : sum > evaluations) {
    return `counts ${sum} copies of ${evaluations}`;
  }
  if (!isSampled || header.stop.rule !== 'fixed') return null;
  if (evaluations !== header.stop.samples) {
    return `has ${evaluations} copies where the run has ${header.stop.samples}`;
  }
  // An exact tie is called the class and does not survive.
  const survived = p * evaluations;
  const isShare =
    Math.abs(survived - Math.round(survived)) <= ROUNDING * evaluations &&
    survived <= (counts[predicted] as number) + ROUNDING * evaluations;
  return isShare ? null : 'has a p that is not the share of its counts';
}

function whyNotEstimate(header: DatasetHeader, predicted: number, estimate: RowEstimate): string | null {
  const { p, lo, hi } = estimate;
  if ((lo === null) !== (hi === null)) return 'has one limit of two';
  if (lo !== null && hi !== null) {
    if (lo > hi) return 'has its limits in the wrong order';
    if (p < lo - ROUNDING || p > hi + ROUNDING) return 'has a p outside its limits';
  }
  return whyNotCounted(header, predicted, estimate);
}

/** Why a row cannot be of the run and shard of a header, to follow the row's name; null where it can. */
function whyNotOfRun(header: DatasetHeader, row: DatasetRow): string | null {
  const { index, label, predicted, confidence, seed, estimates } = row;
  const classes = header.labels.length;
  if (!canHold(header, index)) return 'is none of the images of this run, or of this shard';
  if (label >= classes) return `has the label ${label}, and there are ${classes} classes`;
  if (predicted >= classes) return `is called ${predicted}, and there are ${classes} classes`;
  if (confidence < 1 / classes - ROUNDING) return 'has a confidence below that of another class';
  if (seed !== imageSeed(header.seed, index)) return 'has the seed of another run';
  if (estimates.length !== header.sigmas.length) {
    return `has ${estimates.length} radii, and the run has ${header.sigmas.length}`;
  }
  for (const [i, estimate] of estimates.entries()) {
    const why = whyNotEstimate(header, predicted, estimate);
    if (why !== null) return `${why} at radius ${header.sigmas[i]}`;
  }
  return null;
}

const SHOWN = 40;

/** A text of a file as a sentence shows it: short, and without what is no letter or sign. */
export const shown = (text: string): string =>
  text.slice(0, SHOWN).replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?') + (text.length > SHOWN ? '…' : '');

/** The field that an issue is about, as the table's columns call it: estimates.0.p is p_0.3. */
function fieldOf({ path }: v.BaseIssue<unknown>, sigmas: readonly number[]): string {
  const [first, second, third] = (path ?? []).map(({ key }) => key);
  if (first === 'estimates' && typeof second === 'number' && third !== undefined) {
    return `${String(third)}_${sigmas[second] ?? second}`;
  }
  return shown((path ?? []).map(({ key }) => String(key)).join('.')) || 'it';
}

/** What of a header contradicts itself; null where nothing does. */
function whyImpossible({ shard, selection, selected, data: { images } }: DatasetHeader): string | null {
  if (shard.number > shard.of) return 'shard has a number beyond the last';
  const fits = {
    all: () => selected === images,
    first: () => selection.kind === 'first' && selected === selection.count,
    per_class: () => selection.kind === 'per_class' && selected % selection.count === 0,
  }[selection.kind]();
  return fits && selected <= images ? null : 'selected does not fit the selection';
}

/** Checks a header. @param source what to call the file. Throws DataError `wrong_format`. */
export function checkHeader(value: unknown, source: string): DatasetHeader {
  const header = v.safeParse(headerSchema, value);
  const why = header.success
    ? whyImpossible(header.output)
    : `${fieldOf(header.issues[0], [])} ${wordsOf(header.issues[0])}`;
  if (header.success && why === null) return header.output;
  throw wrong(`${source} is no table that this version of probust dataset wrote: ${why}.`);
}

/** Checks one row. @param where what to call it, as in `x.csv, line 3`. Throws DataError `wrong_format`. */
export function checkRow(header: DatasetHeader, value: unknown, where: string): DatasetRow {
  const row = v.safeParse(rowSchema, value);
  if (!row.success) {
    const [issue] = row.issues;
    throw wrong(`${where} is no result: ${fieldOf(issue, header.sigmas)} ${wordsOf(issue)}.`);
  }
  const why = whyNotOfRun(header, row.output);
  if (why !== null) throw wrong(`${where}: image ${row.output.index} ${why}.`);
  return row.output;
}

/** Our own words for what is wrong; the library's where a schema of another module gave none. */
const wordsOf = ({ message }: v.BaseIssue<unknown>): string =>
  /^(is|has|does) /.test(message) ? message : 'is missing or wrong';

/**
 * Rows that were checked one by one, by ascending index.
 * @throws DataError `mismatch` if an image is there twice, or more of them than the shard has
 */
export function orderedRows(
  header: DatasetHeader,
  rows: readonly DatasetRow[],
  source: string,
): DatasetRow[] {
  const ordered = [...rows].sort((a, b) => a.index - b.index);
  const doubled = ordered.find(({ index }, i) => i > 0 && ordered[i - 1]?.index === index);
  if (doubled !== undefined) {
    throw new DataError('mismatch', `${source} has image ${doubled.index} twice; it was changed or mixed.`);
  }
  if (ordered.length > shardSize(header)) {
    throw new DataError('mismatch', `${source} has ${ordered.length} rows of ${shardSize(header)}.`);
  }
  return ordered;
}
