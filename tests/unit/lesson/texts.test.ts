import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderFormulas } from '../../../build/formulas';
import { lessonStrings } from '../../../src/app/pages/lesson/strings';
import { STEPS } from '../../../src/app/state/lesson-steps';

const source = JSON.parse(
  readFileSync(new URL('../../../src/app/pages/lesson/formulas.json', import.meta.url), 'utf8'),
);
const rendered = renderFormulas(source);

describe('the texts of the lesson', () => {
  it('explain every symbol that a sentence or a formula uses', () => {
    const explained = Object.keys(lessonStrings.symbolWords);
    const inFormulas = Object.values(rendered.formulas).flatMap(({ symbols }) => symbols);
    const inSentences = Object.values(lessonStrings.steps).flatMap(({ before, after, question, answers }) =>
      [...before, ...after, question, ...answers.flatMap(({ text, why }) => [text, why])].flatMap(
        (sentence) => Array.from(sentence.matchAll(/\{(\w+)\}/g), ([, name = '']) => name),
      ),
    );
    expect(inSentences.length).toBeGreaterThan(20);
    for (const name of [...inFormulas, ...inSentences]) {
      expect(explained).toContain(name);
      expect(Object.keys(rendered.symbols)).toContain(name);
    }
    expect(Object.keys(rendered.symbols).toSorted()).toEqual(explained.toSorted());
  });

  it('ask one question a step, with one right answer', () => {
    for (const step of STEPS) {
      const { answers } = lessonStrings.steps[step];
      expect(answers.length).toBeGreaterThan(1);
      expect(answers.filter(({ right }) => right)).toHaveLength(1);
    }
  });
});

describe('formulas', () => {
  it('name their symbols where these stand', () => {
    const { html, symbols } = rendered.formulas.taylor ?? { html: '', symbols: [] };
    expect(symbols).toEqual(['p', 'Phi', 'z', 'g', 'x', 'sigma', 'grad']);
    for (const symbol of symbols) expect(html).toContain(`data-symbol="${symbol}"`);
  });

  it('refuse what is no TeX, and symbols that are not listed', () => {
    expect(() => renderFormulas({ symbols: {}, formulas: { a: '\\frac{' } })).toThrow();
    expect(() => renderFormulas({ symbols: {}, formulas: { a: '\\sym{q}' } })).toThrow('symbol q');
    expect(() => renderFormulas({ symbols: {}, formulas: { a: '\\href{javascript:1}{x}' } })).not.toThrow();
    expect(
      renderFormulas({ symbols: {}, formulas: { a: '\\href{javascript:1}{x}' } }).formulas.a?.html,
    ).not.toContain('<a href');
  });
});
