import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { type DatasetHeader, type DatasetRow, differingSetting, headerSchema, rowSchema } from '../dataset';
import { inputError } from './errors';

/** Rows of an unfinished run, kept beside its output so that a stopped one goes on. */
export interface Journal {
  readonly rows: readonly DatasetRow[];
  add(row: DatasetRow): Promise<void>;
  remove(): Promise<void>;
}

/** Lines that were written whole; a process that was killed may leave half of one. */
function wholeLines(text: string): unknown[] {
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
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

/** Opens the journal of `out`, or begins one. Throws a CliError if it belongs to another run or is damaged. */
export async function openJournal(out: string, header: DatasetHeader): Promise<Journal> {
  const path = `${out}.rows`;
  const text = await readFile(path, 'utf8').catch((error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  let rows: DatasetRow[] = [];
  try {
    const [first, ...rest] = wholeLines(text);
    if (first !== undefined) {
      assertSameRun(path, v.parse(headerSchema, first), header);
      rows = rest.map((row) => v.parse(rowSchema, row));
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error;
    throw inputError(`${path} is damaged; delete it to begin anew.`, error);
  }
  const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
  await writeFile(path, [header, ...rows].map(line).join(''));
  return {
    rows,
    add: (row) => appendFile(path, line(row)),
    remove: () => rm(path, { force: true }),
  };
}
