import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpSections } from '../../../build/estimator-help';
import { ESTIMATORS } from '../../../src/estimators/registry';

const text = readFileSync(new URL('../../../docs/estimators.md', import.meta.url), 'utf8');

describe('docs/estimators.md', () => {
  it.each(ESTIMATORS.map(({ id, name, formula }) => ({ id, name, formula })))(
    'has a section for $id with its formula and all that it should say',
    ({ id, name, formula }) => {
      const section = text.split(/^## /m).find((part) => part.startsWith(`${id}: ${name}\n`));
      expect(section).toContain(`$$\n${formula}\n$$`);
      for (const word of ['**Costs**', '**Right**', '**Wrong**', '**Source.**'])
        expect(section).toContain(word);
      expect(helpSections(text)[id]).toContain('<math');
    },
  );

  it('refuses a formula that is no TeX', () => {
    expect(() => helpSections('## x: X\n\n$$\n\\frac{1\n$$\n')).toThrow();
  });
});
