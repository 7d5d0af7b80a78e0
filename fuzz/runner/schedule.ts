import type { Reader } from '../reader';

/** Which reader each run of a round has: those with larger shares come more often, evenly spread. */
export function roundOf(readers: readonly Reader[]): Reader[] {
  const turns = readers.flatMap((reader) =>
    Array.from({ length: reader.share }, (_, i) => ({ reader, at: (i + 0.5) / reader.share })),
  );
  return turns.sort((a, b) => a.at - b.at).map(({ reader }) => reader);
}

/** The reader of a run. It depends on the registry and the number alone. */
export function readerOf(readers: readonly Reader[], run: number): Reader {
  const round = roundOf(readers);
  return round[run % round.length] as Reader;
}
