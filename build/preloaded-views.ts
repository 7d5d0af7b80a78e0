import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

const SCRIPT = '<script src="./first-paint.js">';

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

/**
 * Tells first-paint.js which files each view needs beyond those that index.html names, so that the browser fetches them
 * beside the entry and not after it.
 *
 * @param main end of the path of the module that the entry loads
 * @param views by the name in the link, the same of the module that is loaded when the view is shown
 */
export function preloadedViews(main: string, views: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'probust:preloaded-views',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, chunk }) {
        if (bundle === undefined || chunk === undefined) return html;
        const entry = new Set(filesOf(bundle, chunk.fileName));
        const chunkOf = (path: string): string => {
          const found = Object.values(bundle).find(
            (each) => each.type === 'chunk' && each.facadeModuleId?.endsWith(path),
          );
          if (found === undefined) throw new Error(`no chunk begins with ${path}`);
          return found.fileName;
        };
        const files = Object.entries(views).map(([view, path]) => {
          const all = new Set([main, path].flatMap((each) => filesOf(bundle, chunkOf(each))));
          return [view, [...all].filter((file) => !entry.has(file))];
        });
        if (!html.includes(SCRIPT)) throw new Error(`index.html has no ${SCRIPT}`);
        const list = JSON.stringify(Object.fromEntries(files)).replaceAll('"', '&quot;');
        return html.replace(SCRIPT, `<script src="./first-paint.js" data-files="${list}">`);
      },
    },
  };
}
