import { readFileSync } from 'node:fs';
import katex from 'katex';
import { marked } from 'marked';
import type { Plugin } from 'vite';

const SUFFIX = '.md?help';
const MATH = /\$\$\n([\s\S]*?)\n\$\$/g;

/**
 * The sections `## id: name` of a Markdown text as HTML by id, formulas by KaTeX, which then needs its style sheet.
 * Throws if a formula is not valid TeX.
 */
export function helpSections(markdown: string): Record<string, string> {
  const [, ...sections] = markdown.split(/^## /m);
  return Object.fromEntries(
    sections.map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const [id = ''] = heading.split(':');
      const body = lines.join('\n').replace(MATH, (_, tex: string) => {
        return katex.renderToString(tex, { displayMode: true, throwOnError: true });
      });
      return [id, marked.parse(body, { async: false }).trim()];
    }),
  );
}

/** Imports of `text.md?help` give its sections, rendered while building. */
export function estimatorHelp(): Plugin {
  return {
    name: 'probust:estimator-help',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const path = id.slice(0, -'?help'.length);
      this.addWatchFile(path);
      const sections = helpSections(readFileSync(path, 'utf8'));
      return { code: `export default ${JSON.stringify(sections)};`, map: null };
    },
  };
}
