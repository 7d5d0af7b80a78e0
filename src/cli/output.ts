import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inputError } from './errors';
import type { Io } from './io';
import { reason } from './system-errors';

export const cannotRead = (path: string, error: unknown) =>
  inputError(`${path} cannot be read: ${reason(error)}.`, error);

export const cannotWrite = (path: string, error: unknown) =>
  inputError(`${path} cannot be written: ${reason(error)}.`, error);

/** Fails before the work is done, not after it. Throws a CliError if a result could not be written there. */
export async function checkWritable(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
  const known = await stat(path).catch(() => undefined);
  if (known?.isDirectory()) throw inputError(`${path} cannot be written: it is a folder.`);
  // Renaming over a file would not ask for its own permission.
  if (known?.isFile()) {
    await access(path, constants.W_OK).catch((error) => {
      throw cannotWrite(path, error);
    });
  }
}

/**
 * Writes a result to a file, or to stdout without one. A file appears whole or not at all: it is written beside its
 * place and renamed, unless the place is a device or a pipe.
 */
export async function writeResult(content: string, path: string | undefined, io: Io): Promise<void> {
  if (path === undefined) return io.out(content);
  await writeWhole(content, path);
}

/** A file that appears whole or not at all. Throws a CliError. */
export async function writeWhole(content: string | Uint8Array, path: string): Promise<void> {
  try {
    const known = await stat(path).catch(() => undefined);
    if (known !== undefined && !known.isFile()) return await writeFile(path, content);
    const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
    try {
      const file = await open(draft, 'wx', known?.mode ?? 0o666);
      try {
        await file.writeFile(content);
        // A disk may say only here that it is full.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
