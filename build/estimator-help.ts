import katex from 'katex';
import { marked } from 'marked';
import { type Plugin, runnerImport } from 'vite';
import type { EstimatorDefinition } from '../src/estimators/definition.ts';

const SUFFIX = '?help';
const MATH = /\$\$\n([\s\S]*?)\n\$\$/g;

/** What is said of an estimator. */
type Described = Pick<EstimatorDefinition, 'id' | 'name' | 'formula' | 'help'>;

/** Each paragraph in one line. */
const unwrapped = (text: string): string =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .join('\n\n');

/** The formula and the help as Markdown. */
function bodyOf({ formula, help }: Described): string {
  const { what, costs, right, wrong, source } = help;
  const parts = [
    what,
    `**Costs** ${costs}`,
    `**Right** ${right}`,
    `**Wrong** ${wrong}`,
    `**Source.** ${source}`,
  ];
  return [`$$\n${formula}\n$$`, ...parts.map(unwrapped)].join('\n\n');
}

/** The section of docs/estimators.md that an estimator has. */
export const sectionOf = (estimator: Described): string =>
  `## ${estimator.id}: ${estimator.name}\n\n${bodyOf(estimator)}\n`;

/** The sections of docs/estimators.md, first of those that do not take margins for anything. */
export function documented(
  estimators: readonly (Described & Pick<EstimatorDefinition, 'unbiased'>)[],
): string {
  return estimators
    .toSorted((a, b) => Number(b.unbiased) - Number(a.unbiased))
    .map(sectionOf)
    .join('\n');
}

/**
 * The sections by id as HTML, formulas by KaTeX, which then needs its style sheet. Throws if a formula is not valid TeX.
 */
export function helpSections(estimators: readonly Described[]): Record<string, string> {
  return Object.fromEntries(
    estimators.map((estimator) => {
      const body = bodyOf(estimator).replace(MATH, (_, tex: string) =>
        katex.renderToString(tex, { displayMode: true, throwOnError: true }),
      );
      return [estimator.id, marked.parse(body, { async: false }).trim()];
    }),
  );
}

/** Imports of `registry.ts?help` give the sections of its estimators, rendered while building. */
export function estimatorHelp(): Plugin {
  return {
    name: 'probust:estimator-help',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const path = id.slice(0, -SUFFIX.length);
      const { module, dependencies } = await runnerImport<{ ESTIMATORS: readonly Described[] }>(path);
      for (const each of [path, ...dependencies]) this.addWatchFile(each);
      return {
        code: `export default ${JSON.stringify(helpSections(module.ESTIMATORS))};`,
        map: null,
        moduleType: 'js',
      };
    },
  };
}

const DEFINITION = /\/src\/estimators\/methods\/[^/]+\/index\.ts$/;

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The first property `help` of an object within a node. */
function findHelp(node: SyntaxNode): SyntaxNode | null {
  if (node.type === 'Property') {
    const { key } = node as SyntaxNode & { readonly key: { readonly name?: string } };
    if (key.name === 'help') return node;
  }
  for (const part of Object.values(node).flat()) {
    const found = isNode(part) ? findHelp(part) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Leaves the help out of the built definitions: it is rendered while building, and what computes has no use for it. */
export function withoutHelp(): Plugin {
  return {
    name: 'probust:without-help',
    apply: 'build',
    transform(code, id) {
      if (!DEFINITION.test(id)) return null;
      const help = findHelp(this.parse(code) as unknown as SyntaxNode);
      if (help === null) throw new Error(`${id} has no help`);
      return { code: `${code.slice(0, help.start)}help: undefined${code.slice(help.end)}`, map: null };
    },
  };
}
