import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const APP = new URL('../../../src/app/', import.meta.url);
/** Read aloud or shown. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'title',
  'alt',
  'placeholder',
  'label',
]);
/** A broken build is no sentence for a person. */
const EXCEPTIONS = new Set(['main.tsx: index.html has no #root']);

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string';

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const part of Array.isArray(value) ? value : [value]) if (isNode(part)) walk(part, visit);
  }
}

const hasWords = (text: unknown): text is string => typeof text === 'string' && /\p{L}{2}/u.test(text);
/** A capital and a second word, or three words. */
const isSentence = (text: string): boolean =>
  /^\p{Lu}\p{Ll}+,? \p{L}/u.test(text) || /\p{Ll}{2,} \p{Ll}{2,} \p{Ll}{2,}/u.test(text);

/** The texts of a source file that a person would read. */
function sentencesIn(path: string, source: string): string[] {
  const found: string[] = [];
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} could not be parsed`);
  const isClassName = new Set<unknown>();
  walk(program as unknown as Node, (node) => {
    if (node.type === 'JSXText' && hasWords(node.value)) found.push(node.value.trim());
    if (node.type === 'JSXAttribute') {
      const name = String((node.name as Node).name);
      const value = node.value as Node | null;
      if (name === 'className' || name === 'd') isClassName.add(value);
      if (SPOKEN.has(name) && value?.type === 'Literal' && hasWords(value.value)) found.push(value.value);
    }
    if (node.type === 'Literal' && !isClassName.has(node) && hasWords(node.value) && isSentence(node.value)) {
      found.push(node.value);
    }
    if (node.type === 'TemplateElement') {
      const text = String((node.value as { cooked?: string }).cooked ?? '');
      if (isSentence(text.trim())) found.push(text);
    }
  });
  return found;
}

const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !path.endsWith('strings.ts'),
);

describe('the sentences of the page', () => {
  it('are found where they are', () => {
    expect(sentencesIn('a.tsx', '<p className="one two three">Hello there</p>')).toEqual(['Hello there']);
    expect(sentencesIn('a.tsx', '<img alt="Picture" title={x} />')).toEqual(['Picture']);
    expect(sentencesIn('a.ts', 'throw new Error(`The file is gone`)')).toEqual(['The file is gone']);
    expect(sentencesIn('a.ts', "import a from './some/file'; const b = 'card panel';")).toEqual([]);
  });

  it('all stand in strings.ts, ready to be translated', () => {
    const found = files.flatMap((path) =>
      sentencesIn(path, readFileSync(new URL(path, APP), 'utf8')).map((text) => `${path}: ${text}`),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(found.filter((text) => !EXCEPTIONS.has(text))).toEqual([]);
  });
});
