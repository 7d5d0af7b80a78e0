import { ClassNames, quoted, shortened } from './class-names';
import { DataError } from './errors';

/** A picture file and its class, by number. */
interface LabelledPicture<File> {
  readonly path: string;
  readonly file: File;
  readonly label: number;
}

export interface PicturesByFolder<File> {
  /** In the order of their paths. */
  readonly pictures: readonly LabelledPicture<File>[];
  /** Which folder names the class, and how, in a sentence. */
  readonly note: string;
}

/** Folders above or below so many others are not looked at. */
const MOST_LEVELS = 16;
const MOST_NAMED = 5;

/** The folders at one depth of all paths, one a file. */
interface Level {
  readonly folders: readonly string[];
  /** All files lie below the same folder of this depth, and below the same ones above it. */
  readonly isShared: boolean;
}

/** What the folders of a level say: each file's class, or why they say none. */
type Reading =
  | { readonly labels: readonly number[]; readonly by: 'name' | 'number'; readonly level: Level }
  | { readonly error: DataError; readonly known: number };

/** The levels at which every file lies in a folder, the one next to the files first. */
function levelsOf(paths: readonly (readonly string[])[]): Level[] {
  const least = paths.reduce((a, { length }) => Math.min(a, length), Number.POSITIVE_INFINITY);
  const [first = []] = paths;
  const differing = first.findIndex((folder, i) => paths.some((path) => path[i] !== folder));
  const shared = Math.min(differing < 0 ? first.length : differing, least);
  const levels = new Map<string, Level>();
  const add = (at: (path: readonly string[]) => number): void => {
    const folders = paths.map((path) => path[at(path)] ?? '');
    const isShared = paths.every((path) => at(path) < shared);
    const key = JSON.stringify(folders);
    if (!levels.has(key)) levels.set(key, { folders, isShared });
  };
  for (let i = 1; i <= Math.min(least, MOST_LEVELS); i++) add((path) => path.length - i);
  for (let i = 0; i < Math.min(least, MOST_LEVELS); i++) add(() => i);
  return [...levels.values()];
}

const isNumeral = (name: string): boolean => /^\s*\d+\s*$/.test(name);

/** What is wrong with a level's folders, together; null where each names a class of its own. */
function complaint(folders: readonly string[], names: ClassNames): DataError | null {
  const found = folders.map((folder) => ({ folder, match: names.find(folder) }));
  const known = `This model’s classes are ${names.labels.slice(0, MOST_NAMED).map(shortened).join(', ')}${names.labels.length > MOST_NAMED ? ', …' : ''}`;
  for (const { folder, match } of found) {
    if (match.kind !== 'ambiguous') continue;
    const some = names.listed(match.indices.slice(0, MOST_NAMED));
    return new DataError(
      'mismatch',
      `The folder ${quoted([folder])} may be ${some}; call it exactly as the class, or by its number.`,
    );
  }
  const unknown = found.filter(({ match }) => match.kind === 'unknown').map(({ folder }) => folder);
  if (unknown.length === folders.length && unknown.length <= 1) {
    return new DataError(
      'missing',
      `The labels are missing: put the pictures into one folder a class, called as the class. ${known}.`,
    );
  }
  if (unknown.length > 0) {
    return new DataError('mismatch', `No class is called ${quoted(unknown)}. ${known}; call the folders so.`);
  }
  const byNumber = found.find(({ match }) => match.kind === 'class' && match.by === 'number')?.folder;
  const byName = found.find(
    ({ folder, match }) => isNumeral(folder) && match.kind === 'class' && match.by !== 'number',
  )?.folder;
  if (byNumber !== undefined && byName !== undefined) {
    return new DataError(
      'mismatch',
      `The folder ${quoted([byName])} is the name of a class, and ${quoted([byNumber])} could only be a number; call all folders as the classes. ${known}.`,
    );
  }
  return collision(found, names);
}

/** Two folders that are written differently and name the same class. */
function collision(
  found: readonly { readonly folder: string; readonly match: ReturnType<ClassNames['find']> }[],
  names: ClassNames,
): DataError | null {
  const first = new Map<number, string>();
  for (const { folder, match } of found) {
    if (match.kind !== 'class') continue;
    const other = first.get(match.index);
    if (other !== undefined) {
      return new DataError(
        'mismatch',
        `The folders ${quoted([other])} and ${quoted([folder])} would both be the class ${names.listed([match.index])}; put their pictures into one.`,
      );
    }
    first.set(match.index, folder);
  }
  return null;
}

function read(level: Level, names: ClassNames): Reading {
  const folders = [...new Set(level.folders.map((folder) => folder.normalize('NFC')))];
  const error = complaint(folders, names);
  const found = new Map(folders.map((folder) => [folder, names.find(folder)] as const));
  const matches = [...found.values()];
  if (error !== null)
    return { error, known: matches.filter(({ kind }) => kind === 'class').length / matches.length };
  const labels = level.folders.map((folder) => {
    const match = found.get(folder.normalize('NFC'));
    return match?.kind === 'class' ? match.index : 0;
  });
  const isNamed = matches.some((match) => match.kind === 'class' && match.by !== 'number');
  return { labels, by: isNamed ? 'name' : 'number', level };
}

type Complete = Extract<Reading, { readonly by: unknown }>;

/** One reading for each way in which files get their classes; those that a better one rules out are left away. */
function candidates(readings: readonly Reading[]): Complete[] {
  const complete = readings.filter((reading) => 'by' in reading);
  // A folder around all of the set, as the one that was dropped, names no class where another one does.
  const within = complete.filter(({ level }) => !level.isShared);
  const inner = within.length > 0 ? within : complete;
  const named = inner.filter(({ by }) => by === 'name');
  const best = named.length > 0 ? named : inner;
  return [...new Map(best.map((reading) => [reading.labels.join(), reading])).values()];
}

/**
 * Gives picture files the classes that their folders are called by. A name of a class comes before a number, and the
 * folder may be any of those above the file.
 * @throws DataError `missing` if pictures lie in no folder of a class, `mismatch` if a folder is called as no class, as
 *   several, as another folder, or if folders above each other name different classes
 */
export function picturesByFolder<File>(
  files: readonly { readonly path: string; readonly file: File }[],
  labels: readonly string[],
): PicturesByFolder<File> {
  const names = new ClassNames(labels);
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const paths = sorted.map(({ path }) => path.split('/').slice(0, -1));
  const bare = sorted[paths.findIndex(({ length }) => length === 0)]?.path;
  const levels = levelsOf(paths);
  if (bare !== undefined && paths.some(({ length }) => length > 0)) {
    throw new DataError(
      'mismatch',
      `${bare} lies in no folder, as other pictures do; put it into the folder of its class.`,
    );
  }
  const readings = (levels.length > 0 ? levels : [{ folders: paths.map(() => ''), isShared: true }]).map(
    (level) => read(level, names),
  );
  const [best, other] = candidates(readings);
  if (best === undefined) throw mostTelling(readings);
  if (other !== undefined) {
    const differing = best.labels.findIndex((label, i) => label !== other.labels[i]);
    const folders = [best, other].map(({ level }) => level.folders[differing] ?? '');
    throw new DataError(
      'mismatch',
      `${sorted[differing]?.path} lies in ${quoted(folders)}, which both name classes; give the folders of one level alone.`,
    );
  }
  return {
    pictures: sorted.map((each, i) => ({ ...each, label: best.labels[i] as number })),
    note: noteOf(best, sorted[0]?.path ?? '', names),
  };
}

/** The error of the level that names most classes; of several, of the one next to the files. */
function mostTelling(readings: readonly Reading[]): DataError {
  const failed = readings.filter((reading) => 'error' in reading);
  const most = failed.reduce((a, b) => (b.known > a.known ? b : a));
  return most.error;
}

function noteOf({ by, labels, level }: Complete, path: string, names: ClassNames): string {
  const [label = 0] = labels;
  const [folder = ''] = level.folders;
  const name = names.labels[label] ?? '';
  const meant = name.normalize('NFC') === folder.normalize('NFC') ? '' : ` (${shortened(name)})`;
  return `The class is the folder’s ${by}, as ${quoted([folder])}${meant} in ${path}.`;
}
