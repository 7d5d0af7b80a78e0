import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvTable, harmlessJson, harmlessText, originalText } from '../../../src/results/csv';
import { readCsv } from '../../support/csv';

const SIGNS = ['=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', "'", '"', ',', ';', 'a', '1', '.', 'e', ' '];
const hostile = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 });
const isFormula = (cell: string): boolean =>
  /^[=+\-@\t\r\n\uff1d]/.test(cell) && !/^[+-][\d.e+-]+$/.test(cell);

describe('cells of a CSV file', () => {
  it('are no formulas, and come back as they were', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [row] = readCsv(csvTable([['cell'], [text]]));
        const cell = text === '' ? '' : (row?.cell as string);
        expect(isFormula(cell)).toBe(false);
        expect(originalText(cell)).toBe(text);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('that are numbers stay numbers', () => {
    expect(
      csvTable([
        ['p', 'q'],
        [-0.5, '-1'],
        [-1e-300, null],
      ]),
    ).toBe('p,q\r\n-0.5,-1\r\n-1e-300,\r\n');
    expect(harmlessText('-1+cmd')).toBe("'-1+cmd");
  });

  it('cut out of JSON hold no formula, and the JSON says the same', () => {
    fc.assert(
      fc.property(fc.array(hostile), (texts) => {
        const json = harmlessJson(JSON.stringify({ texts, value: [-1, -0.5] }));
        expect(JSON.parse(json).texts).toEqual(texts);
        const cells = json.split(/[,;"']/).map((cell) => cell.trim());
        expect(cells.filter((cell) => isFormula(cell) && !/^-[\d.]+[\]}]*$/.test(cell))).toEqual([]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
