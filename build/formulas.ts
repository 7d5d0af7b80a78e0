import { readFileSync } from 'node:fs';
import katex from 'katex';
import type { Plugin } from 'vite';

const SUFFIX = '.json?formulas';
const SYMBOL = /\\sym\{(\w+)\}/g;

interface FormulaSource {
  /** TeX by name */
  readonly symbols: Readonly<Record<string, string>>;
  /** TeX by name, in which \sym{name} stands for a symbol. */
  readonly formulas: Readonly<Record<string, string>>;
}

/** HTML of symbols and formulas. In a formula, what stands for a symbol carries its name as `data-symbol`. */
export interface RenderedFormulas {
  readonly symbols: Readonly<Record<string, string>>;
  readonly formulas: Readonly<Record<string, { readonly html: string; readonly symbols: readonly string[] }>>;
}

/** Throws for TeX that is not valid and for a symbol that is not listed. */
export function renderFormulas({ symbols, formulas }: FormulaSource): RenderedFormulas {
  const texOf = (name: string): string => {
    const tex = symbols[name];
    if (tex === undefined) throw new Error(`There is no symbol ${name}`);
    return tex;
  };
  const options = {
    throwOnError: true,
    trust: ({ command }: { command: string }) => command === '\\htmlData',
    strict: false,
  } as const;
  const symbol = (tex: string): string => katex.renderToString(tex, options);
  const formula = (tex: string) => ({
    html: katex.renderToString(
      tex.replace(SYMBOL, (_, name: string) => `\\htmlData{symbol=${name}}{${texOf(name)}}`),
      { ...options, displayMode: true },
    ),
    symbols: [...new Set(Array.from(tex.matchAll(SYMBOL), ([, name = '']) => name))],
  });
  const mapped = <T>(record: Readonly<Record<string, string>>, render: (tex: string) => T) =>
    Object.fromEntries(Object.entries(record).map(([name, tex]) => [name, render(tex)]));
  return { symbols: mapped(symbols, symbol), formulas: mapped(formulas, formula) };
}

/** Imports of `formulas.json?formulas` give their HTML, rendered while building. */
export function renderedFormulas(): Plugin {
  return {
    name: 'probust:formulas',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const path = id.slice(0, -'?formulas'.length);
      this.addWatchFile(path);
      const rendered = renderFormulas(JSON.parse(readFileSync(path, 'utf8')) as FormulaSource);
      // The query keeps Vite from taking it for JSON, as the name no longer ends with that.
      return { code: `export default ${JSON.stringify(rendered)};`, map: null, moduleType: 'js' };
    },
  };
}
