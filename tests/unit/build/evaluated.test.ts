import { describe, expect, it } from 'vitest';
import { moduleOf } from '../../../build/evaluated';
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
