import { fromNpy, type NpyArray } from '../../src/image/npy';
import type { Reader, Trial } from '../reader';
import { firstDifference, firstOf, joined, utf8 } from '../support/bytes';
import { damaged } from '../support/damage';
import type { Dice } from '../support/dice';
import { type NpyForm, NUMBER_TYPES, npyFile, PLAIN, readNpyStrictly } from '../support/npy';

interface Known {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const differenceOf = ({ shape, data }: NpyArray, known: Known): string | null =>
  firstOf(
    firstDifference('length', shape, known.shape),
    firstDifference('value', data, known.values.map(Math.fround)),
  );

function nonsenseIn({ shape, data }: NpyArray): string | null {
  const size = shape.reduce((product, length) => product * length, 1);
  return size === data.length && shape.every(Number.isSafeInteger)
    ? null
    : `${data.length} values of [${shape}]`;
}

const header = (text: string, data = new Uint8Array()): Uint8Array =>
  joined(
    Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8),
    utf8(text),
    data,
  );

const dictionary = (shape: string, descr = '<f4'): string =>
  `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;

/** A few bytes that promise the world. */
const BOMBS: Readonly<Record<string, () => Uint8Array>> = {
  'a size of 10^18': () => header(dictionary('(1000000000, 1000000000)')),
  'a size beyond float64': () => header(dictionary(`(${'9'.repeat(400)},)`)),
  'infinite times none': () => header(dictionary(`(${'9'.repeat(400)}, 0)`)),
  'ten thousand axes': () => header(dictionary(`(${'1, '.repeat(10_000)})`), new Uint8Array(4)),
  'a header of commas': () => header(dictionary(`(${','.repeat(60_000)})`), new Uint8Array(4)),
  'a type with line breaks': () =>
    header(dictionary('(1,)', `<f4\n\u001b[31m${'x'.repeat(3000)}`), new Uint8Array(4)),
  objects: () => header(dictionary('(1,)', '|O'), new Uint8Array(4)),
};

function generate(dice: Dice): Trial<Uint8Array, NpyArray> {
  const shape = dice.list(dice.between(0, 4), () => dice.between(1, 4));
  const size = shape.reduce((product, length) => product * length, 1);
  const isRead = dice.chance(0.8);
  const type = isRead ? dice.pick(['f4', 'f8']) : dice.pick(Object.keys(NUMBER_TYPES));
  const form: NpyForm = {
    ...PLAIN,
    type,
    little: isRead || dice.chance(0.5),
    version: dice.pick([1, 1, 2, 3]),
    alignment: dice.pick([1, 16, 64, 4096]),
  };
  const values = dice.list(size, () => (NUMBER_TYPES[type] as (typeof NUMBER_TYPES)[string]).value(dice));
  const file = npyFile(values, shape, form, dice);
  const trial = (
    kind: string,
    input: Uint8Array,
    rest: Pick<Trial<Uint8Array, NpyArray>, 'expected' | 'check'>,
  ) => ({
    kind,
    input,
    files: { 'input.npy': input },
    ...rest,
  });
  if (dice.chance(0.45)) {
    return trial('valid', file, {
      expected: isRead ? 'accepted' : 'either',
      check: (found) => differenceOf(found, { shape, values }),
    });
  }
  if (dice.chance(0.1)) {
    const kind = dice.pick(Object.keys(BOMBS));
    return trial(kind, (BOMBS[kind] as (typeof BOMBS)[string])(), { expected: 'refused', check: nonsenseIn });
  }
  const broken = damaged(file, dice);
  const own = readNpyStrictly(broken.value);
  return trial(`damaged: ${broken.how}`, broken.value, {
    expected: 'either',
    check: (found) => (own === null ? nonsenseIn(found) : differenceOf(found, own)),
  });
}

/** A prepared input as `.npy`. */
export const npy: Reader<Uint8Array, NpyArray> = {
  id: 'npy',
  share: 6,
  floors: { accepted: 0.3, refused: 0.2, codes: ['undecodable'] },
  generate,
  read: fromNpy,
};
