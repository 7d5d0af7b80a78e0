import { resolve } from 'node:path';
import type { Rolldown } from 'vite';

type Context = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** All modules that are there once those are, themselves included. */
function closure(starts: readonly string[], context: Context): Set<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    context.getModuleInfo(id)?.importedIds.forEach(visit);
  };
  starts.forEach(visit);
  return found;
}

/**
 * Names the chunk of a module by the views that begin with it: few files, instead of one for each set of views and later
 * parts that share something. What more than two views need is in one, else no view loads what it does not begin with. A
 * module's imports are needed wherever it is, so no two chunks need each other.
 *
 * @param entry path of the module that index.html loads; what it needs stays with it
 * @param main the same of the one that it loads, which every view has
 * @param views by name, the same of the modules that are loaded when they are shown
 */
export function viewChunks(
  entry: string,
  main: string,
  views: Readonly<Record<string, string>>,
): Rolldown.CodeSplittingNameFunction {
  let chunks: Map<string, string> | undefined;
  const all = (context: Context): Map<string, string> => {
    const idOf = (path: string) => resolve(`.${path}`);
    const first = closure([idOf(entry)], context);
    const always = closure([idOf(main)], context);
    const parts = Object.entries(views).map(
      ([view, path]) => [view, closure([idOf(path)], context)] as const,
    );
    // What views load later, but for the first of them, which is there in most visits: not all of that one for a part of it.
    const [, ...others] = parts;
    const later = others.flatMap(([, modules]) =>
      [...modules].flatMap((id) => context.getModuleInfo(id)?.dynamicallyImportedIds ?? []),
    );
    const neededLater = closure(later, context);
    const named = new Map<string, string>();
    for (const [, modules] of parts) {
      for (const id of modules) {
        const views = parts.filter(([, needed]) => needed.has(id)).map(([view]) => view);
        const suffix = neededLater.has(id) ? '-later' : '';
        named.set(id, views.length > 2 ? 'shared' : `${views.join('-')}${suffix}`);
      }
    }
    for (const id of always) named.set(id, 'main');
    for (const id of first) named.delete(id);
    return named;
  };
  return (id, context) => {
    chunks ??= all(context);
    return chunks.get(id) ?? null;
  };
}
