import {
  type DatasetHeader,
  type DatasetRow,
  type DatasetTable,
  imageSeed,
  type Selection,
  selectImages,
  shardOf,
} from '../../src/dataset';
import type { Dice } from './dice';

/** Tables as runs over data sets give them, with every number in its place. */

const hex = (dice: Dice): string => Buffer.from(dice.bytes(32)).toString('hex');

interface Run {
  readonly header: DatasetHeader;
  readonly rows: readonly DatasetRow[];
}

function selectionOf(dice: Dice, labels: readonly number[]): Selection {
  const smallest = Math.min(
    ...[...new Set(labels)].map((label) => labels.filter((each) => each === label).length),
  );
  return dice.pick<Selection>([
    { kind: 'all' },
    { kind: 'first', count: dice.between(1, labels.length) },
    { kind: 'per_class', count: dice.between(1, smallest), seed: dice.below(1000) },
  ]);
}

function splitUp(dice: Dice, total: number, parts: number): number[] {
  const cuts = dice.list(parts - 1, () => dice.between(0, total)).sort((a, b) => a - b);
  return [...cuts, total].map((end, i) => end - (i === 0 ? 0 : (cuts[i - 1] as number)));
}

function estimate(dice: Dice, { estimator, stop, labels }: DatasetHeader, predicted: number) {
  if (estimator !== 'mc') {
    const p = dice.pick([0, 1, dice.real(), dice.real() ** 9]);
    return {
      p,
      lo: null,
      hi: null,
      numericalError: dice.real(0, 1e-5),
      samplingError: null,
      evaluations: 0,
      gradients: labels.length,
      flags: dice.some(['rank_deficient'], 0.2),
      counts: [],
    };
  }
  const evaluations =
    stop.rule === 'fixed' ? stop.samples : Math.min(stop.maxSamples, 256 * dice.between(1, 8));
  const counts = splitUp(dice, evaluations, labels.length);
  const p = (counts[predicted] as number) / evaluations;
  return {
    p,
    lo: p * dice.real(),
    hi: p + (1 - p) * dice.real(),
    numericalError: null,
    samplingError: Math.sqrt((p * (1 - p)) / evaluations),
    evaluations,
    gradients: 0,
    flags: dice.some(['sample_limit', 'few_failures'], 0.2),
    counts,
  };
}

/** A run over a small data set, of one shard. */
export function anyRun(dice: Dice): Run {
  const names = dice.list(
    dice.between(2, 5),
    (i) => `${dice.pick(['Katze', 'a "b", c', '=1+1', '猫', 'red car'])} ${i}`,
  );
  const images = dice.list(dice.between(1, 12), () => dice.below(names.length));
  const selection = selectionOf(dice, images);
  const selected = selectImages(images, selection);
  const seed = dice.below(2 ** 31);
  const header: DatasetHeader = {
    schema: 'probust-dataset/1',
    app: '0.1.0',
    model: { id: 'mnist-cnn', sha256: hex(dice) },
    data: { name: dice.pick(['digits', 'my "data", 2', '+x']), sha256: hex(dice), images: images.length },
    labels: names,
    selection,
    selected: selected.length,
    sigmas: dice.pick([[0.3], [0.06, 0.25], [0.001, 0.1, 10]]),
    estimator: dice.pick(['mc', 'mc', 'gaussian_margin', 'taylor']),
    seed,
    stop: dice.chance(0.5)
      ? { rule: 'fixed', samples: dice.between(1, 4000) }
      : { rule: 'precision', halfWidth: 0.02, maxSamples: 256 * dice.between(1, 40) },
    level: 0.95,
    backend: dice.pick(['wasm', 'cpu', 'webgpu']),
    shard: { number: 1, of: 1 },
  };
  const rows = selected.map((index): DatasetRow => {
    const predicted = dice.below(names.length);
    return {
      index,
      label: images[index] as number,
      predicted,
      confidence: 1 - dice.real(0, 1 - 1 / names.length),
      seed: imageSeed(seed, index),
      estimates: header.sigmas.map(() => estimate(dice, header, predicted)),
    };
  });
  return { header, rows };
}

/** The run in shards. */
export function shardsOf({ header, rows }: Run, of: number): DatasetTable[] {
  return Array.from({ length: of }, (_, i) => {
    const shard = { number: i + 1, of };
    return {
      header: { ...header, shard },
      rows: shardOf([...rows.keys()], shard).map((at) => rows[at] as DatasetRow),
    };
  });
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;
const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** What no table can say, judged without the product's schema. */
export function nonsenseIn({ header, rows }: DatasetTable): string | null {
  const { data, labels, selected, sigmas, shard, seed } = header;
  const wholes = [data.images, selected, seed, shard.number, shard.of];
  if (!wholes.every(isWhole) || selected > data.images || shard.number > shard.of)
    return `a header with ${wholes}`;
  if (!sigmas.every((sigma) => sigma > 0 && sigma < 1e9)) return `radii ${sigmas}`;
  for (const row of rows) {
    const why = nonsenseInRow(row, labels.length, data.images, sigmas.length);
    if (why !== null) return `image ${row.index}: ${why}`;
  }
  return new Set(rows.map(({ index }) => index)).size === rows.length ? null : 'an image twice';
}

function nonsenseInRow(row: DatasetRow, classes: number, images: number, radii: number): string | null {
  const { index, label, predicted, confidence, seed, estimates } = row;
  if (![index, label, predicted, seed].every(isWhole))
    return `whole numbers ${[index, label, predicted, seed]}`;
  if (index >= images || label >= classes || predicted >= classes)
    return `label ${label}, called ${predicted}`;
  if (!isShare(confidence) || estimates.length !== radii)
    return `confidence ${confidence}, ${estimates.length} radii`;
  for (const { p, lo, hi, evaluations, gradients, counts, numericalError, samplingError } of estimates) {
    if (![p, lo ?? 0, hi ?? 1].every(isShare)) return `${lo} ${p} ${hi}`;
    if (lo !== null && hi !== null && !(lo <= p + 1e-6 && p <= hi + 1e-6)) return `${lo} ${p} ${hi}`;
    if (![evaluations, gradients, ...counts].every(isWhole)) return `counts ${counts} of ${evaluations}`;
    if (counts.reduce((sum, count) => sum + count, 0) > evaluations)
      return `counts ${counts} of ${evaluations}`;
    if (![numericalError ?? 0, samplingError ?? 0].every((error) => error >= 0 && error < 1e9))
      return `errors`;
  }
  return null;
}
