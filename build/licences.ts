import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import license, { type Dependency } from 'rollup-plugin-license';

const FILE = 'THIRD-PARTY-LICENSES.txt';
const RULE = `\n\n${'-'.repeat(80)}\n\n`;

/** What is built into the page without a module of its own: fonts and style sheet of the formulas. */
const WITHOUT_MODULES = ['katex'];

function textOf(name: string, root: string): string {
  const folder = join(root, 'node_modules', name);
  const { version, license: identifier } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = readFileSync(join(folder, 'LICENSE'), 'utf8');
  return `Name: ${name}\nVersion: ${version}\nLicense: ${identifier}\nLicense Text:\n===\n\n${text.trim()}`;
}

/**
 * Writes the licences of all packages that are built in beside what is built. One instance serves a page and its workers,
 * whose bundles it all sees before the page's is written.
 *
 * @param outDir folder of the build, relative to the project
 * @param withoutModules packages of which only styles and fonts are built in
 */
export const licences = (outDir: string, withoutModules: readonly string[] = []) => {
  const root = join(import.meta.dirname, '..');
  const template = (dependencies: Dependency[]): string =>
    [
      ...dependencies.map((dependency) => dependency.text()),
      ...withoutModules.map((name) => textOf(name, root)),
    ].join(RULE);
  return license({ thirdParty: { output: { file: join(root, outDir, FILE), template } } });
};

export const pageLicences = () => licences('dist', WITHOUT_MODULES);
