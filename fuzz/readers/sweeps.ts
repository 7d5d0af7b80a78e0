import { strings } from '../../src/app/strings';
import { fromNpy } from '../../src/image/npy';
import {
  parseSweepResult,
  type SweepResult,
  SweepResultError,
  toCsv,
  toJson,
} from '../../src/results/sweep-result';
import { hashInput } from '../../src/workers/image/hash';
import { type Reader, Refusal, type Trial } from '../reader';
import { firstDifference } from '../support/bytes';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import { damagedJson, jsonText, rewritten } from '../support/json';
import { npyFile } from '../support/npy';

const hex = (dice: Dice): string => Buffer.from(dice.bytes(32)).toString('hex');

type Row = SweepResult['estimates'][string][number];

function row(dice: Dice, sigma: number, isSampled: boolean): Row {
  const p = dice.pick([0, 1, dice.real(), dice.real() ** 8]);
  const interval = isSampled
    ? dice.pick(['confidence-sequence', 'clopper-pearson', 'student-t'] as const)
    : 'none';
  const samples = 256 * dice.between(1, 40);
  return {
    sigma,
    p,
    lo: isSampled ? p * dice.real() : null,
    hi: isSampled ? p + (1 - p) * dice.real() : null,
    interval,
    level: isSampled ? 0.95 : null,
    numericalError: isSampled ? null : dice.real(0, 1e-4),
    samplingError: isSampled ? dice.real(0, 0.02) : null,
    evaluations: samples,
    gradients: isSampled ? 0 : 10,
    ms: dice.real(0, 1000),
    flags: dice.some(['sample_limit', 'few_failures'], 0.2),
  };
}

function sweep(dice: Dice, sha256: string): SweepResult {
  const sigmas = dice.list(dice.between(1, 6), (i) => 0.05 * (i + 1) + dice.real(0, 0.02));
  const ids = dice.some(['mc', 'taylor', 'mmse', 'softmax', 'importance', 'of_another_version'], 0.5);
  const estimates = (ids.length > 0 ? ids : ['mc']).map((id) => {
    const isSampled = id === 'mc' || id === 'importance';
    return [id, sigmas.map((sigma) => row(dice, sigma, isSampled))] as const;
  });
  const normalisation = { range: [0, 255], mean: [0.5, 0.4, 0.3], std: [0.2, 0.2, 0.3] } as const;
  return {
    schema: 'probust-sweep/1',
    app: '0.1.0',
    model: {
      id: dice.pick(['mnist-cnn', `sha256:${hex(dice)}`]),
      sha256: hex(dice),
      ...(dice.chance(0.3) && { normalisation: structuredClone(normalisation) as never }),
    },
    image: { sha256, width: dice.between(1, 4000), height: dice.between(1, 4000) },
    target: { index: dice.below(1000), label: dice.pick(['7', 'Katze', '猫', 'a "cat", b']) },
    seed: dice.below(2 ** 31),
    backend: dice.pick(['wasm', 'cpu', 'webgpu']),
    stop: dice.chance(0.5)
      ? { rule: 'fixed', samples: dice.between(1, 1e6) }
      : { rule: 'precision', halfWidth: dice.real(0.005, 0.25), maxSamples: dice.between(256, 1e6) },
    options: dice.chance(0.5) ? {} : { mmse: { samples: 10, mirrored: true, noise: 'gaussian' } },
    sigmas,
    estimates: Object.fromEntries(estimates),
  };
}

interface Saved {
  readonly json: string;
  /** The input that lies beside it. */
  readonly npy: Uint8Array | null;
}

interface Opened {
  readonly result: SweepResult;
  readonly input: Float32Array | null;
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;

/** What no sweep can say, judged without the product's schema. */
function nonsenseIn({ result }: Opened): string | null {
  const { seed, sigmas, estimates, image, target } = result;
  const wholes = [seed, image.width, image.height, target.index];
  if (!wholes.every((value) => Number.isSafeInteger(value) && value >= 0)) return `whole numbers ${wholes}`;
  if (!sigmas.every((sigma) => sigma > 0 && sigma < 1e9)) return `radii ${sigmas}`;
  for (const [id, rows] of Object.entries(estimates)) {
    for (const {
      sigma,
      p,
      lo,
      hi,
      level,
      evaluations,
      gradients,
      ms,
      numericalError,
      samplingError,
    } of rows) {
      const shares = [p, lo ?? 0, hi ?? 0, level ?? 0];
      if (!shares.every(isShare)) return `${id}: shares ${shares}`;
      const amounts = [evaluations, gradients, ms, numericalError ?? 0, samplingError ?? 0, sigma];
      if (!amounts.every((value) => value >= 0 && value < 1e17)) return `${id}: amounts ${amounts}`;
      if (![evaluations, gradients].every(Number.isSafeInteger)) return `${id}: ${evaluations} evaluations`;
      if (lo !== null && hi !== null && !(lo <= hi && p >= lo - 1e-6 && p <= hi + 1e-6))
        return `${id}: ${lo} ${p} ${hi}`;
    }
    if (new Set(rows.map(({ sigma }) => sigma)).size !== rows.length) return `${id}: a radius twice`;
  }
  toCsv(result);
  const again = JSON.stringify(parseSweepResult(toJson(result)));
  return again === JSON.stringify(result) ? null : 'what is written of it reads otherwise';
}

const SORTED = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Values and their numbers, whatever the order of fields. */
const plain = (value: unknown): string => JSON.stringify(value, SORTED);

function generate(dice: Dice): Trial<Saved, Opened> {
  const shape = dice.pick([
    [1, 2, 3, 1],
    [2, 2, 3],
  ] as const);
  const values = dice.list(
    shape.reduce<number>((product, size) => product * size, 1),
    () => Math.fround(dice.real()),
  );
  const file = npyFile(values, shape);
  const made = sweep(dice, hashInput(Float32Array.from(values)));
  const npy = dice.chance(0.3) ? file : null;
  const trial = (kind: string, input: Saved, rest: Pick<Trial<Saved, Opened>, 'expected' | 'check'>) => ({
    kind,
    input,
    files: { 'sweep.json': input.json, ...(input.npy !== null && { 'sweep.npy': input.npy }) },
    ...rest,
  });
  if (dice.chance(0.4)) {
    return trial(
      'valid',
      { json: rewritten(made, dice), npy },
      {
        expected: 'accepted',
        check: (found) =>
          plain(found.result) !== plain(made)
            ? 'its values are not those that were written'
            : (nonsenseIn(found) ??
              (npy === null ? null : firstDifference('value', found.input ?? [], values))),
      },
    );
  }
  if (dice.chance(0.15)) {
    const other = damaged(file, dice);
    return trial(
      `with an input damaged: ${other.how}`,
      { json: jsonText(made), npy: other.value },
      {
        expected: 'either',
        check: (found) => nonsenseIn(found) ?? firstDifference('value', found.input ?? [], values),
      },
    );
  }
  const broken = damagedJson(made, dice);
  return trial(
    `damaged: ${broken.how}`,
    { json: broken.value, npy: null },
    { expected: 'either', check: nonsenseIn },
  );
}

/** A saved sweep, and the input beside it, which must be the sweep's own. */
export const sweeps: Reader<Saved, Opened> = {
  id: 'sweeps',
  share: 10,
  floors: { accepted: 0.3, refused: 0.2, codes: ['sweep', 'undecodable'] },
  generate,
  read({ json, npy }) {
    let result: SweepResult;
    try {
      result = parseSweepResult(json);
    } catch (error) {
      if (!(error instanceof SweepResultError)) throw error;
      throw new Refusal('sweep', strings.opened.unreadable('sweep.json', error.message));
    }
    if (npy === null) return { result, input: null };
    const { data } = fromNpy(npy);
    if (hashInput(data) === result.image.sha256) return { result, input: data };
    throw new Refusal('other input', strings.opened.otherInput('sweep.npy', 'sweep.json'));
  },
};
