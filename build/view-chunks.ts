import { fileURLToPath } from 'node:url';
import { normalizePath, type Rolldown } from 'vite';

type Context = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** A package of re-exports alone: a module that imports it by names needs no more than what these come from. */
const UMBRELLA = 'd3';

/** The modules in which the names lie that a module imports from the umbrella package. Throws where it names none. */
function partsOf(umbrella: string, id: string, context: Context): string[] {
  const statement = new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*["']${UMBRELLA}["']`, 'g');
  const lists = [...(context.getModuleInfo(id)?.code ?? '').matchAll(statement)].map(([, list = '']) => list);
  const names = lists.flatMap((list) => list.split(',').map((name) => name.trim().split(/\s/)[0] ?? ''));
  const parts = context.getModuleInfo(umbrella)?.importedIds ?? [];
  const exportsOf = (part: string): readonly string[] => context.getModuleInfo(part)?.exports ?? [];
  const needed = parts.filter((part) => exportsOf(part).some((name) => names.includes(name)));
  if (needed.length === 0) throw new Error(`${id} imports ${UMBRELLA} otherwise than by names`);
  return needed;
}

function importsOf(id: string, context: Context): string[] {
  const isUmbrella = (imported: string): boolean => imported.includes(`/node_modules/${UMBRELLA}/`);
  const imports = context.getModuleInfo(id)?.importedIds ?? [];
  return imports.flatMap((imported) => (isUmbrella(imported) ? partsOf(imported, id, context) : [imported]));
}

/** All modules that are there once those are, themselves included. */
function closure(starts: readonly string[], context: Context): Set<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    importsOf(id, context).forEach(visit);
  };
  starts.forEach(visit);
  return found;
}

const together = (parts: readonly Set<string>[]): Set<string> => new Set(parts.flatMap((part) => [...part]));

/** What modules load when it is asked for, and what that loads in its turn: all modules of each part. */
function laterParts(modules: Set<string>, context: Context): Set<string>[] {
  const parts = new Map<string, Set<string>>();
  const visit = (id: string): void => {
    for (const first of context.getModuleInfo(id)?.dynamicallyImportedIds ?? []) {
      if (parts.has(first)) continue;
      const part = closure([first], context);
      parts.set(first, part);
      part.forEach(visit);
    }
  };
  modules.forEach(visit);
  return [...parts.values()];
}

/**
 * Names the chunk of a module by the views that begin with it: few files, instead of one for each set of views and later
 * parts that share something. What more than two views need is in one, else no view loads what it does not begin with. A
 * module's imports are needed wherever it is, so no two chunks need each other. Throws where a module is missing.
 *
 * @param entry path of the module that index.html loads; what it needs stays with it
 * @param main the same of the one that it loads, which every view has
 * @param views by name, the same of the modules that are loaded when they are shown
 * @param starting the same of a module that starts something when it is loaded: what does not need it never loads it
 */
export function viewChunks(
  entry: string,
  main: string,
  views: Readonly<Record<string, string>>,
  starting: string,
): Rolldown.CodeSplittingNameFunction {
  const idOf = (path: string): string => normalizePath(fileURLToPath(new URL(`..${path}`, import.meta.url)));
  let chunks: Map<string, string> | undefined;

  const all = (context: Context): Map<string, string> => {
    for (const path of [entry, main, starting, ...Object.values(views)]) {
      if (context.getModuleInfo(idOf(path)) === null) throw new Error(`the page has no ${path}`);
    }
    const begins = Object.entries(views).map(([view, path]) => ({
      name: view,
      modules: closure([idOf(path)], context),
    }));
    // But for the first of them, which is there in most visits: not all of that one is to come for a part of it.
    const later = laterParts(together(begins.slice(1).map(({ modules }) => modules)), context);
    const afterwards = [
      { name: 'later', modules: together(later.filter((part) => part.has(idOf(starting)))) },
      { name: 'aside', modules: together(later.filter((part) => !part.has(idOf(starting)))) },
    ];

    const named = new Map<string, string>();
    for (const id of together(begins.map(({ modules }) => modules))) {
      const needed = (parts: typeof begins) => parts.filter(({ modules }) => modules.has(id));
      const needing = needed(begins);
      const names = [...needing, ...needed(afterwards)].map(({ name }) => name);
      named.set(id, needing.length > 2 ? 'shared' : names.join('-'));
    }
    if (named.get(idOf(starting)) === 'shared') throw new Error(`${starting} would be loaded without need`);
    for (const id of closure([idOf(main)], context)) named.set(id, 'main');
    for (const id of closure([idOf(entry)], context)) named.delete(id);
    return named;
  };

  return (id, context) => {
    chunks ??= all(context);
    return chunks.get(id) ?? null;
  };
}
