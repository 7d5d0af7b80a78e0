import { parseAst } from 'vite';
import { expect, it } from 'vitest';
import { withoutHelp } from '../../../build/estimator-help';

type Transform = (this: { parse: typeof parseAst }, code: string, id: string) => { code: string } | null;

const transform = (code: string, id: string): string | null =>
  (withoutHelp().transform as unknown as Transform).call({ parse: parseAst }, code, id)?.code ?? null;

const ID = '/project/src/estimators/methods/half/index.ts';
const CODE = "export const half = { id: 'half', help: { what: 'A half.', source: `None.` }, options: {} };";

it('leaves the help out of a definition, and nothing else', () => {
  expect(transform(CODE, ID)).toBe("export const half = { id: 'half', help: undefined, options: {} };");
});

it('says so where a definition has none, and leaves other files alone', () => {
  expect(() => transform("export const half = { id: 'half' };", ID)).toThrow(`${ID} has no help`);
  expect(transform(CODE, '/project/src/estimators/methods/half/run.ts')).toBeNull();
});
