import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { evaluated, moduleOf } from '../../../build/evaluated';
import * as catalogue from '../../../src/estimators/catalogue';
import { ESTIMATORS } from '../../../src/estimators/registry';

const valuesOf = (text: string): Promise<unknown> =>
  import(`data:text/javascript,${encodeURIComponent(text)}`).then((module) => ({ ...module }));

describe('a module of plain data, evaluated by the build', () => {
  it('keeps every export', async () => {
    const values = { LIST: [{ id: 'a', formula: '\\sigma', on: true, n: 0.1 }], NONE: null };
    expect(await valuesOf(moduleOf(values))).toEqual(values);
  });

  it('refuses what would be lost', () => {
    expect(() => moduleOf({ RUN: () => 1 })).toThrow('RUN is not plain data');
    expect(() => moduleOf({ LIST: [{ run: () => 1 }] })).toThrow('LIST is not plain data');
    expect(() => moduleOf({ LIMIT: Number.POSITIVE_INFINITY })).toThrow('LIMIT is not plain data');
  });
});

describe('a build that evaluates modules', () => {
  const input = fileURLToPath(new URL('../../../src/estimators/catalogue.ts', import.meta.url));
  const built = (files: readonly string[], areThere = true) =>
    build({
      configFile: false,
      logLevel: 'silent',
      plugins: [evaluated(files, areThere)],
      build: { write: false, rolldownOptions: { input } },
    });

  it('takes a module by the end of its path', async () => {
    await expect(built(['/estimators/catalogue.ts'])).resolves.toBeDefined();
  });

  it('fails where the page has no such module', async () => {
    await expect(built(['/estimators/catalogue.ts', '/moved-away.ts'])).rejects.toThrow(
      'the page has no /moved-away.ts',
    );
  });

  it('need not have it where that is said', async () => {
    await expect(built(['/moved-away.ts'], false)).resolves.toBeDefined();
  });
});

describe('the catalogue of estimators', () => {
  it('says of each what the registry says, and is plain data', async () => {
    expect(await valuesOf(moduleOf(catalogue))).toEqual({ ...catalogue });
    expect(catalogue.CATALOGUE.map(({ id }) => id)).toEqual(ESTIMATORS.map(({ id }) => id));
    for (const [i, { readsClasses, ...entry }] of catalogue.CATALOGUE.entries()) {
      expect(ESTIMATORS[i]).toMatchObject(entry);
      expect(readsClasses).toBe(ESTIMATORS[i]?.classes !== undefined);
    }
  });
});
