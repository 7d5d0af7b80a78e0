import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

const decisions = readdirSync(join(PROJECT, 'docs', 'decisions')).map((name) => `docs/decisions/${name}`);
const PAGES = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/glossary.md',
  'docs/benchmarks.md',
  'assembly/README.md',
  'src/estimators/gaussian-cdf/README.md',
  'src/estimators/methods/importance/README.md',
  'src/workers/models/own/README.md',
  'src/workers/tfjs/kernels/README.md',
  ...decisions,
];

/** Folders at the top that a page names with a path below them. */
const TOP = [
  'src',
  'docs',
  'tests',
  'bench',
  'build',
  'scripts',
  'public',
  'training',
  'assembly',
  'fuzz',
  '.github',
];
/** Made by a build, and files that a recipe tells to add. */
const NOT_THERE = [/^assembly\/build/, /^\w+.*[<>*{]/, /\bNAME\b|\bNNNN\b/];

/**
 * Paths that a page names in backquotes, seen from the project's folder: those below one of its folders, those that begin with
 * ./ or ../, and, in a README of a folder, names of files beside it. Commands and globs are not paths.
 */
function pathsNamedIn(page: string, text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code as string);
  const linked = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => (target as string).split('#')[0] as string)
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(page), target)));
  const inFolder = page.includes('/') && page.endsWith('README.md');
  const paths = quoted.flatMap((code) => {
    if (/\s/.test(code) || NOT_THERE.some((pattern) => pattern.test(code))) return [];
    if (TOP.some((folder) => code.startsWith(`${folder}/`))) return [code];
    if (/^\.\.?\//.test(code)) return [normalize(join(dirname(page), code))];
    return inFolder && /^[\w-]+(\/|(\/[\w-]+)?\.ts)$/.test(code)
      ? [normalize(join(dirname(page), code))]
      : [];
  });
  return [...new Set([...paths, ...linked])];
}

describe('paths that the documents name', () => {
  it.each(PAGES)('%s names files and folders that exist', (page) => {
    const missing = pathsNamedIn(page, readFileSync(join(PROJECT, page), 'utf8')).filter(
      (path) => !existsSync(join(PROJECT, path)),
    );
    expect(missing).toEqual([]);
  });

  it('are found in backquotes and links, without commands, globs and addresses', () => {
    const text =
      '`src/a.ts`, `npm run x`, `src/*.ts`, `../b.ts`, `c.ts`, [d](../d.md#part), [e](https://e.org/f)';
    expect(pathsNamedIn('src/folder/README.md', text)).toEqual([
      'src/a.ts',
      'src/b.ts',
      'src/folder/c.ts',
      'src/d.md',
    ]);
    expect(pathsNamedIn('README.md', text)).toEqual(['src/a.ts', '../b.ts', '../d.md']);
  });
});

describe('the documents', () => {
  it('keep ARCHITECTURE.md within 100 lines and the glossary within 25 terms', () => {
    const lines = readFileSync(join(PROJECT, 'ARCHITECTURE.md'), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(100);
    const terms = readFileSync(join(PROJECT, 'docs', 'glossary.md'), 'utf8').match(/^\| \*\*/gm) ?? [];
    expect(terms.length).toBeGreaterThan(10);
    expect(terms.length).toBeLessThanOrEqual(25);
  });

  it('list every decision', () => {
    const index = readFileSync(join(PROJECT, 'docs', 'decisions', 'README.md'), 'utf8');
    const listed = [...index.matchAll(/\((\d{4}-[\w-]+\.md)\)/g)].map(([, name]) => `docs/decisions/${name}`);
    expect(listed).toEqual(decisions.filter((name) => !name.endsWith('README.md')).sort());
  });

  it('give every section of the benchmarks a title of its own and the command that printed it', () => {
    const text = readFileSync(join(PROJECT, 'docs', 'benchmarks.md'), 'utf8');
    const [, ...sections] = text.split(/^## /m);
    const titles = sections.map((section) => section.split('\n')[0]);
    expect(new Set(titles).size).toBe(titles.length);
    for (const section of sections) expect(section).toMatch(/npm run bench:\w+|npx lighthouse/);
  });
});
