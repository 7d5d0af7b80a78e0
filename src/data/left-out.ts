/** A file that was given and is not among the images. */
export interface LeftOut {
  readonly path: string;
  /** What it is, in a few words: TIFF, damaged PNG. */
  readonly what: string;
}

/** Whether a file or a folder above it is hidden, as systems and editors keep theirs. */
export const isHidden = (path: string): boolean => /(^|\/)(\.|__MACOSX\/)/.test(path);

const BESIDE =
  /(^|\/)(thumbs\.db|desktop\.ini|readme|licen[cs]e|copying|notice|changelog|authors)$|\.(txt|md|rst|html?|json|jsonl|csv|tsv|xml|ya?ml|toml|ini|cfg|log|py|ipynb|js|css|pdf|db|md5|sha1|sha256|bib)$/i;

/** Whether a file that is no picture commonly lies beside pictures: notes, lists, what systems leave. */
export const isBeside = (path: string): boolean => isHidden(path) || BESIDE.test(path);

const MOST_NAMED = 5;

/** Which files were left out and why, in a sentence; null for none. */
export function leftOutNote(files: readonly LeftOut[]): string | null {
  if (files.length === 0) return null;
  const kinds = new Map<string, string[]>();
  for (const { path, what } of files) kinds.set(what, [...(kinds.get(what) ?? []), path]);
  const parts = [...kinds].map(([what, paths]) => `${paths.length} ${what} (${namedPaths(paths)})`);
  const count = files.length === 1 ? '1 file is' : `${files.length} files are`;
  return `${count} left out: ${parts.join(', ')}.`;
}

/** The first few paths. */
export function namedPaths(paths: readonly string[]): string {
  const first = paths.slice(0, MOST_NAMED).join(', ');
  return paths.length > MOST_NAMED ? `${first} and ${paths.length - MOST_NAMED} more` : first;
}
