import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../src/node/engine';

const PAGE = join(projectFolder, 'docs', 'benchmarks.md');

/**
 * Puts a section into a Markdown page: in the place of the one with the same title, else at the end. So every figure stands
 * once. @param title after the two number signs @param body with no heading of first or second level
 */
export function withSection(page: string, title: string, body: string): string {
  const section = `## ${title}\n\n${body.trim()}\n`;
  const parts = page.split(/^(?=## )/m);
  const at = parts.findIndex((part) => part.startsWith(`## ${title}\n`));
  if (at < 0) return `${page.trimEnd()}\n\n${section}`;
  const isLast = at === parts.length - 1;
  return parts.map((part, i) => (i === at ? `${section}${isLast ? '' : '\n'}` : part)).join('');
}

/** Writes a run into docs/benchmarks.md, in the place of the earlier run with that title. */
export async function writeSection(title: string, body: string): Promise<void> {
  await writeFile(PAGE, withSection(await readFile(PAGE, 'utf8'), title, body));
}

/** The day of a run, as its section states it. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/**
 * Replaces everything after a line of a page with a text. Throws if the page has no such line.
 * @param mark a whole line
 */
export function afterMark(page: string, mark: string, text: string): string {
  const at = page.indexOf(`${mark}\n`);
  if (at < 0) throw new Error(`the page has no line "${mark}", after which the results go`);
  return `${page.slice(0, at)}${mark}\n\n${text.trim()}\n`;
}
