import {
  ArchiveError,
  type ArchiveLimits,
  Budget,
  isGzip,
  isZip,
  readGzip,
  readZip,
  unsupported,
} from '../archives';
import type { NamedBytes } from './datasets';
import { DataError } from './errors';

/** More bytes do not fit beside the model in a browser's memory. */
const LIMITS: ArchiveLimits = { bytes: 1e9, entries: 300_000, instead: 'take a part of the images' };
/** Archives within one another that are opened: a zip of a zip of gzip files, and no more. */
const MOST_LEVELS = 3;

/** Whether a file of a zip is one that a person put there, and not their operating system. */
const isWanted = (path: string): boolean => !/(^|\/)(__MACOSX|\.)/.test(path);

/**
 * Opens gzip files and zips, and archives within them; other files stay as they are. All of them share one limit of 1 GB.
 * @throws DataError
 */
export function unpacked(files: readonly NamedBytes[], limits = LIMITS): NamedBytes[] {
  return asDataError((budget) => files.flatMap((file) => opened(file, budget, 1)), limits);
}

/** A file out of its gzip; any other as it is. Throws DataError. */
export function gunzipped(file: NamedBytes): NamedBytes {
  return isGzip(file) ? asDataError((budget) => readGzip(file, budget, true)) : file;
}

function asDataError<T>(open: (budget: Budget) => T, limits = LIMITS): T {
  try {
    return open(new Budget(limits));
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const code = error.code === 'damaged' ? 'truncated' : 'wrong_format';
    throw new DataError(code, error.message, { cause: error });
  }
}

function opened(file: NamedBytes, budget: Budget, level: number): NamedBytes[] {
  const [gzip, zip] = [isGzip(file), isZip(file)];
  if (!gzip && !zip) return [file];
  if (level > MOST_LEVELS) {
    throw unsupported(file.name, `lies within ${MOST_LEVELS} other archives`, 'unpack the outer ones first');
  }
  const isGiven = level === 1;
  const inside = gzip ? [readGzip(file, budget, isGiven)] : readZip(file, budget, isGiven, isWanted);
  return inside.flatMap((each) => opened(each, budget, level + 1));
}
