import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import packageJson from '../../package.json' with { type: 'json' };

const FILE = 'THIRD-PARTY-LICENSES.txt';

/** What a package is made of that has nothing but re-exports itself. */
const PARTS: Readonly<Record<string, string>> = {
  d3: 'd3-scale',
  '@tensorflow/tfjs': '@tensorflow/tfjs-layers',
};

const read = (folder: string): string =>
  readFileSync(new URL(`../../${folder}/${FILE}`, import.meta.url), 'utf8');

test('the licences of all that is built in lie beside it', async ({ request }) => {
  const page = read('dist');
  const commandLine = read('dist-cli');
  const isNamed = (text: string, name: string): boolean => text.includes(`Name: ${name}\n`);
  const missing = Object.keys(packageJson.dependencies).filter(
    (name) => ![page, commandLine].some((text) => isNamed(text, PARTS[name] ?? name)),
  );
  expect(missing).toEqual([]);
  // Of the worker alone, of the page alone, of styles and fonts alone, of the command line alone.
  for (const name of ['@tensorflow/tfjs-core', 'react', 'katex']) expect(isNamed(page, name)).toBe(true);
  expect(isNamed(commandLine, 'pngjs')).toBe(true);
  expect(await (await request.get(`/${FILE}`)).text()).toBe(page);
});
