import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cite, escapeTex } from '../../../src/results/cite';
import type { SweepResult } from '../../../src/results/sweep-result';

const result: SweepResult = {
  schema: 'probust-sweep/1',
  app: '0.1.0',
  model: { id: 'mnist-cnn', sha256: 'ab'.repeat(32) },
  image: { sha256: 'cd'.repeat(32), width: 28, height: 28 },
  target: { index: 3, label: 'sweet_pepper & 50% {more}' },
  seed: 12345,
  backend: 'wasm',
  stop: { rule: 'fixed', samples: 256 },
  options: {},
  sigmas: [0.1, 0.98],
  estimates: { mc: [], taylor: [] },
};
const date = new Date('2026-03-04T10:00:00Z');

/** Depth of braces at the end, and the least on the way; escaped ones do not count. */
function braces(text: string): { end: number; least: number } {
  let [depth, least] = [0, 0];
  for (const [brace] of text.replace(/\\[\\{}]/g, '').matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    least = Math.min(least, depth);
  }
  return { end: depth, least };
}

describe('how a sweep is cited', () => {
  it('has version, seed, hashes, radii, estimators, link and day', () => {
    const { text, bibtex } = cite(result, 'https://example.org/?seed=12345&v=1', date);
    for (const part of ['0.1.0', '12345', 'ab'.repeat(32), 'cd'.repeat(32), 'Taylor, Monte Carlo', '0.98']) {
      expect(text).toContain(part);
      expect(bibtex).toContain(part);
    }
    expect(text).toContain('https://example.org/?seed=12345&v=1 (2026-03-04)');
    expect(bibtex).toContain('url = {https://example.org/?seed=12345&v=1}');
    expect(bibtex).toContain('urldate = {2026-03-04}');
    expect(bibtex).toContain(String.raw`sweet\_pepper \& 50\% \{more\}`);
    expect(bibtex).toContain('eprint = {2307.13885}');
  });

  it('stays whole BibTeX whatever model, class and link are called', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.webUrl(), (id, label, link) => {
        const odd = { ...result, model: { ...result.model, id }, target: { index: 0, label } };
        const { bibtex } = cite(odd, `${link}?x=}{\\`, date);
        expect(braces(bibtex)).toEqual({ end: 0, least: 0 });
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('writes what TeX reserves so that it is printed', () => {
    expect(escapeTex('a_b^c~d\\e')).toBe(
      String.raw`a\_b\textasciicircum{}c\textasciitilde{}d\textbackslash{}e`,
    );
  });
});
