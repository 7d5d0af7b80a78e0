import { constants } from 'node:buffer';
import { appendFile, rm, stat } from 'node:fs/promises';
import { DataError } from '../data';
import {
  checkHeader,
  checkRow,
  type DatasetHeader,
  type DatasetRow,
  differingSetting,
  orderedRows,
  runId,
} from '../dataset';
import { inputError } from './errors';
import { cannotWrite, writeWhole } from './output';
import { readBounded } from './read-file';

/** Rows of an unfinished run, kept beside its output so that a stopped one goes on. */
export interface Journal {
  readonly rows: readonly DatasetRow[];
  /** Throws a CliError if the row cannot be written. */
  add(row: DatasetRow): Promise<void>;
  remove(): Promise<void>;
}

export function assertSameRun(path: string, known: DatasetHeader, wanted: DatasetHeader): void {
  const setting =
    differingSetting(known, wanted) ??
    (JSON.stringify(known.shard) === JSON.stringify(wanted.shard) ? undefined : 'shard');
  if (setting !== undefined) {
    throw inputError(
      `${path} is of another run: its ${setting} differs. Choose another --out, or delete it first.`,
    );
  }
}

const textOf = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** A line with a row, and the run that it is of; lines of earlier versions do not name theirs. */
function readLine(value: unknown, header: DatasetHeader, run: string, where: string): DatasetRow {
  const named = typeof value === 'object' && value !== null && 'run' in value ? value.run : run;
  if (named !== run) throw new DataError('mismatch', `${where} is of another run.`);
  return checkRow(header, value, where);
}

/** Rows of a journal's text. Throws a CliError or DataError if it is another run's, damaged or mixed. */
function readRows(text: string, path: string, header: DatasetHeader): DatasetRow[] {
  // What follows the last line break was being written when its process was killed.
  const [first, ...rest] = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  if (first === undefined) return [];
  const parsed = (line: string): unknown => JSON.parse(line);
  assertSameRun(path, checkHeader(parsed(first), path), header);
  const run = runId(header);
  const rows = rest.map((line, i) => readLine(parsed(line), header, run, `${path}, line ${i + 2}`));
  return orderedRows(header, rows, path);
}

/**
 * Opens the journal of `out`, or begins one; the caller holds the lock of `out`. Throws a CliError if it belongs to another
 * run, is damaged or holds rows twice, and leaves it as it is.
 * @param check throws a DataError for rows that do not fit the data
 */
export async function openJournal(
  out: string,
  header: DatasetHeader,
  check: (rows: readonly DatasetRow[], path: string) => void = () => {},
): Promise<Journal> {
  const path = `${out}.rows`;
  const isThere = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  const text = isThere ? (await readBounded(path, constants.MAX_STRING_LENGTH)).toString('utf8') : '';
  let rows: DatasetRow[];
  try {
    rows = readRows(text, path, header);
    check(rows, path);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof DataError)) throw error;
    const why = error instanceof DataError ? ` (${error.message.replace(/\.$/, '')})` : '';
    throw inputError(`${path} is damaged${why}; delete it to begin anew.`, error);
  }
  const run = runId(header);
  const line = (row: DatasetRow): string => textOf({ run, ...row });
  // The old one stays until the new one is whole.
  await writeWhole([textOf(header), ...rows.map(line)].join(''), path);
  return {
    rows,
    add: (row) =>
      appendFile(path, line(row)).catch((error: unknown) => {
        throw cannotWrite(path, error);
      }),
    remove: () => rm(path, { force: true }),
  };
}
