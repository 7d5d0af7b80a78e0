import { isDeepStrictEqual } from 'node:util';
import { type Plugin, runnerImport } from 'vite';

/** The text of a module whose exports are these values. Throws for what JSON does not carry. */
export function moduleOf(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const json = JSON.stringify(value);
      if (json === undefined || !isDeepStrictEqual(JSON.parse(json), value)) {
        throw new Error(`${name} is not plain data`);
      }
      return `export const ${name} = ${json};`;
    })
    .join('\n');
}

/**
 * In the built page, a module of plain data is its values; what they were computed from stays out.
 *
 * @param files ends of the modules' paths
 * @param areThere whether the build fails where one of them is not met; a worker need not have them
 */
export function evaluated(files: readonly string[], areThere = true): Plugin {
  const met = new Set<string>();
  return {
    name: 'probust:evaluated',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      const file = files.find((end) => id.endsWith(end));
      if (file === undefined) return null;
      met.add(file);
      const { module, dependencies } = await runnerImport<Record<string, unknown>>(id);
      for (const path of dependencies) this.addWatchFile(path);
      return { code: moduleOf(module), map: null, moduleType: 'js' };
    },
    buildEnd(error) {
      const missing = files.find((file) => !met.has(file));
      if (areThere && error === undefined && missing !== undefined)
        throw new Error(`the page has no ${missing}`);
    },
  };
}
