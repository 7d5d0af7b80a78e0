/** Whether this is `npm run test:long`, which gives statistical checks all their seeds. */
const IS_LONG = process.env.PROBUST_LONG === '1';

/** How many seeds or cases a statistical check has: `few` in `npm test`, `many` in `npm run test:long`. */
export const repeats = (few: number, many: number): number => (IS_LONG ? many : few);

/** The cases of a table: the first `few` of them in `npm test`, all in `npm run test:long`. */
export const firstOf = <T>(few: number, cases: readonly T[]): readonly T[] =>
  cases.slice(0, repeats(few, cases.length));
