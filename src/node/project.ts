import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findUpwards(folder: string, name: string): string {
  if (existsSync(join(folder, name))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`There is no ${name} above ${fileURLToPath(import.meta.url)}.`);
  return findUpwards(parent, name);
}

/** The project's top folder, whether this runs from its source or from a bundle somewhere below it. */
export const projectFolder = findUpwards(dirname(fileURLToPath(import.meta.url)), 'package.json');

/** The version in package.json. */
export function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
