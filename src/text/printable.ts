/** Characters of a sentence at most. */
const LONGEST = 700;
/** So many of its end are kept, where it says what to do. */
const KEPT_END = 200;

/** What ends a line, moves a terminal's cursor, or turns the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * Makes a sentence fit to be shown, whatever a file or an argument put into it: one line, of at most 700 characters, with
 * its middle left out where it is longer.
 */
export function printable(sentence: string): string {
  // What is far too long is not searched through.
  const start = sentence.slice(0, 2 * LONGEST);
  const end = sentence.length > 2 * LONGEST ? sentence.slice(-LONGEST) : '';
  const line = `${start}${end}`.replace(UNPRINTABLE, ' ');
  if (line.length <= LONGEST) return line;
  return `${line.slice(0, LONGEST - KEPT_END - 1)}…${line.slice(-KEPT_END)}`;
}
