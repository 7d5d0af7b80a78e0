import type { EstimateRow } from '../../src/results/sweep-result';
import { readCsv } from '../support/csv';
import { expect, test } from './fixtures';
import { type ProbustPage, SMALL } from './pages/probust-page';
import { readNpy } from './support/npy';

const QUERY = {
  ...SMALL,
  radii: 4,
  sample: 'four-or-nine',
  estimators: 'taylor.taylor_mvs.softmax.mc',
  seed: 3,
};

test('JSON, CSV and .npy hold the numbers of the page', async ({ probust }) => {
  await probust.openSwept(QUERY);
  await test.step('the JSON is a valid sweep and agrees with the table', () => checkJson(probust));
  await test.step('the CSV has the same numbers, one row an estimator and radius', () => checkCsv(probust));
  await test.step('the .npy is the model input that the JSON names', () => checkNpy(probust));
});

async function checkJson(probust: ProbustPage): Promise<void> {
  const sweep = await probust.readSweep();
  expect(sweep.seed).toBe(3);
  expect(sweep.stop).toEqual({ rule: 'fixed', samples: 256 });
  expect(sweep.image).toMatchObject({ width: 28, height: 28 });
  expect(await probust.backend.textContent()).toContain(sweep.backend === 'wasm' ? 'WebAssembly' : 'WebGPU');

  await probust.openPanel('table');
  await expect(probust.table.locator('caption')).toContainText(`class ${sweep.target.label}`);
  await probust.waitForCatchUp();
  const names = await probust.table.locator('thead th').allTextContents();
  const columns = Object.entries(sweep.estimates);
  expect(names).toHaveLength(columns.length + 1);
  for (const [i, sigma] of sweep.sigmas.entries()) {
    const row = probust.table.locator('tbody tr').nth(i);
    expect(Number(await row.locator('th').textContent())).toBeCloseTo(sigma, 3);
    const cells = await row.locator('td b').allTextContents();
    expect(cells).toHaveLength(columns.length);
    for (const [j, [, rows]] of columns.entries()) expectShown(cells[j] as string, rows[i] as EstimateRow);
  }
}

/** A rounded value, or the limit in its place where no copy, or every copy, failed. */
function expectShown(cell: string, { p, lo, hi, samplingError }: EstimateRow): void {
  const bound = samplingError === null ? null : p === 1 ? lo : p === 0 ? hi : null;
  expect(/^[≥≤]/.test(cell)).toBe(bound !== null);
  expect(Math.abs(shownValue(cell) - (bound ?? p))).toBeLessThanOrEqual(0.001);
}

/** The number in “0.987”, “≥ 0.987”, “3·10⁻⁸” and “1 − 3·10⁻⁸”. */
function shownValue(cell: string): number {
  const [, fromOne, lead, power] = /^(?:[≥≤] )?(1 − )?([\d.]+)(?:·10⁻([⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$/.exec(cell) ?? [];
  const digits = Array.from(power ?? '⁰', (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join('');
  const value = Number(`${lead}e-${digits}`);
  return fromOne === undefined ? value : 1 - value;
}

async function checkCsv(probust: ProbustPage): Promise<void> {
  const sweep = await probust.readSweep();
  const rows = readCsv((await probust.readExport('csv')).toString('utf8'));
  const expected = Object.entries(sweep.estimates).flatMap(([estimator, estimates]) =>
    estimates.map((estimate) => ({ estimator, ...estimate })),
  );
  expect(rows).toHaveLength(4 * 4);
  const number = (text: string | undefined) => (text === '' ? null : Number(text));
  const counts = ({ successes, nearTies, exactTies }: Record<string, string>) =>
    Object.fromEntries(
      Object.entries({ successes, nearTies, exactTies }).flatMap(([name, text]) =>
        text ? [[name, Number(text)]] : [],
      ),
    );
  const read = rows.map((row) => ({
    estimator: row.estimator,
    sigma: number(row.sigma),
    p: number(row.p),
    lo: number(row.lo),
    hi: number(row.hi),
    interval: row.interval,
    level: number(row.level),
    numericalError: number(row.numericalError),
    samplingError: number(row.samplingError),
    evaluations: number(row.evaluations),
    gradients: number(row.gradients),
    ms: number(row.ms),
    flags: row.flags?.split(' ').filter(Boolean),
    ...counts(row),
  }));
  expect(read).toEqual(expected);
  for (const row of rows) {
    expect(JSON.parse(row.stop as string)).toEqual(sweep.stop);
    expect(row).toMatchObject({ model: sweep.model.id, imageSha256: sweep.image.sha256, seed: '3' });
  }
}

async function checkNpy(probust: ProbustPage): Promise<void> {
  const { image } = await probust.readSweep();
  const npy = readNpy(await probust.readExport('npy'));
  expect(npy.sha256).toBe(image.sha256);
  expect(npy.shape).toBe('28, 28, 1');
  expect(npy.values).toHaveLength(784);
  expect(npy.values.every((value) => value >= 0 && value <= 1)).toBe(true);
}
