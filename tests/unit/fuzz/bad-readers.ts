import { type Reader, Refusal } from '../../../fuzz/reader';

/** A reader of numbers that does something else with some of them. */
const reader = (id: string, read: (value: number) => number): Reader<number, number> => ({
  id,
  share: 1,
  floors: { accepted: 0.3, refused: 0.3, codes: ['odd'] },
  generate: (dice) => {
    const input = dice.below(2);
    return {
      kind: input === 0 ? 'valid' : 'damaged',
      input,
      files: { input: String(input) },
      expected: 'either',
      check: () => null,
    };
  },
  read,
});

const refuseOdd = (value: number): number => {
  if (value % 2 === 1) throw new Refusal('odd', 'This number is odd; choose another one.');
  return value;
};

const held: Uint8Array[] = [];

/** In this order, one after the other, by the numbers of the runs. */
export const READERS: readonly Reader[] = [
  reader('good', refuseOdd),
  reader('endless', () => {
    for (;;);
  }),
  reader('ending', () => process.exit(3)),
  reader('growing', (value) => {
    held.push(new Uint8Array(80e6).fill(1));
    return value;
  }),
];
