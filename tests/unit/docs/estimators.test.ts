import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpSections, sectionOf } from '../../../build/estimator-help';
import study from '../../../src/estimators/accuracy-study.json';
import { ESTIMATORS } from '../../../src/estimators/registry';

const text = readFileSync(new URL('../../../docs/estimators.md', import.meta.url), 'utf8');
const [, ...sections] = text.split(/^(?=## )/m).map((section) => section.trim());

describe('docs/estimators.md', () => {
  it('says of every estimator what its definition says (npm run docs)', () => {
    const written = ESTIMATORS.map((estimator) => sectionOf(estimator).trim());
    for (const section of sections) expect(written).toContain(section);
  });

  it.each(Object.keys(study.estimators))('has a section for %s, of which there are measurements', (id) => {
    expect(sections.filter((section) => section.startsWith(`## ${id}: `))).toHaveLength(1);
  });
});

describe('the help of the estimators', () => {
  it('shows each formula, and what it costs, where it is right and wrong, and its source', () => {
    const shown = helpSections(ESTIMATORS);
    for (const { id } of ESTIMATORS) {
      expect(shown[id]).toContain('<math');
      for (const word of ['Costs', 'Right', 'Wrong', 'Source.']) {
        expect(shown[id]).toMatch(new RegExp(`<strong>${word}</strong> \\S`));
      }
    }
  });

  it('begins a paragraph where a blank line stands, and nowhere else', () => {
    const help = { what: 'One\n   two.\n\n   Three.', costs: 'c', right: 'r', wrong: 'w', source: 's' };
    const shown = helpSections([{ id: 'x', name: 'X', formula: 'z', help }]);
    expect(shown.x).toContain('<p>One two.</p>');
    expect(shown.x).toContain('<p>Three.</p>');
  });

  it('refuses a formula that is no TeX', () => {
    const help = { what: 'a', costs: 'c', right: 'r', wrong: 'w', source: 's' };
    expect(() => helpSections([{ id: 'x', name: 'X', formula: '\\frac{1', help }])).toThrow();
  });
});
