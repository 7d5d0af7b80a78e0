import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minify, type Plugin, type Rolldown, transformWithOxc } from 'vite';

type Bundle = Rolldown.OutputBundle;

const PLACE = '<!-- first paint -->';
const STYLE_SHEET = /<link rel="stylesheet"[^>]* href="\.\/([^"]+)">/g;

/** A chunk and all that it imports at once, scripts before style sheets. */
function filesOf(bundle: Bundle, first: string): string[] {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || scripts.has(name)) return;
    scripts.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
    chunk.imports.forEach(visit);
  };
  visit(first);
  return [...scripts, ...styles];
}

/** By view: the files that it needs beyond those that index.html names. */
function filesOfViews(
  bundle: Bundle,
  entry: string,
  main: string,
  views: Readonly<Record<string, string>>,
): Record<string, string[]> {
  const named = new Set(filesOf(bundle, entry));
  const chunkOf = (path: string): string => {
    const found = Object.values(bundle).find(
      (each) => each.type === 'chunk' && each.moduleIds.some((id) => id.endsWith(path)),
    );
    if (found === undefined) throw new Error(`no chunk has ${path}`);
    return found.fileName;
  };
  return Object.fromEntries(
    Object.entries(views).map(([view, path]) => {
      const all = new Set([main, path].flatMap((each) => filesOf(bundle, chunkOf(each))));
      return [view, [...all].filter((file) => !named.has(file))];
    }),
  );
}

/**
 * Puts into index.html what has to be there before anything is painted, so that the first picture waits for no other file:
 * a script, which is told the files of each view and has them fetched beside the entry and not after it, and in the built
 * page the entry's style sheet.
 *
 * @param script path of the script's module from the root, which imports and exports nothing
 * @param main end of the path of the module that the entry loads
 * @param views by the name in the link, the same of the module that is loaded when the view is shown
 */
export function firstPaint(script: string, main: string, views: Readonly<Record<string, string>>): Plugin {
  let path = script;
  return {
    name: 'probust:first-paint',
    configResolved({ root }) {
      path = join(root, script);
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle, chunk }) {
        if (!html.includes(PLACE)) throw new Error(`index.html has no ${PLACE}`);
        const { code } = await transformWithOxc(readFileSync(path, 'utf8'), path);
        const small = await minify(path, code);
        let list = '';
        let page = html;
        if (bundle !== undefined && chunk !== undefined) {
          const files = JSON.stringify(filesOfViews(bundle, chunk.fileName, main, views));
          list = ` data-files="${files.replaceAll('"', '&quot;')}"`;
          page = html.replaceAll(STYLE_SHEET, (_, name: string) => {
            const sheet = bundle[name];
            if (sheet?.type !== 'asset') throw new Error(`the build has no ${name}`);
            delete bundle[name];
            // Else whatever imports the entry asks for it.
            chunk.viteMetadata?.importedCss.delete(name);
            return `<style>${sheet.source}</style>`;
          });
        }
        return page.replace(PLACE, () => `<script${list}>${small.code.trim()}</script>`);
      },
    },
  };
}
