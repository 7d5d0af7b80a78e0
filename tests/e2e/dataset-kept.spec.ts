import type { Page } from '@playwright/test';
import { mnistFiles } from '../support/data-files';
import { expect, test } from './fixtures';
import { DatasetPage } from './pages/dataset-page';

const MODEL = 'mnist-linear';
const LABELS = Array.from({ length: 40 }, (_, i) => i % 10);
const files = mnistFiles(LABELS, (i, x, y) => ((i + 3) * x * y) % 256);
const given = [
  { name: 'images', bytes: files.images },
  { name: 'labels', bytes: files.labels },
];

async function begin(page: Page, sigma: string): Promise<DatasetPage> {
  const dataset = new DatasetPage(page);
  await dataset.open();
  await dataset.choose('Model', MODEL);
  await dataset.give(...given);
  await dataset.setRadii(sigma);
  await dataset.run.click();
  await dataset.waitUntilDone();
  return dataset;
}

/** Writes into the store behind the page's back. */
const damage = (page: Page, key: string, value: unknown): Promise<void> =>
  page.evaluate(
    ([at, what]) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('probust-dataset');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const change = open.result.transaction('run', 'readwrite');
          change.objectStore('run').put(what, at as string);
          change.oncomplete = () => resolve();
          change.onabort = () => reject(change.error);
        };
      }),
    [key, value] as const,
  );

test('two tabs run at a time, and after a reload each has its own rows', async ({ context, page }) => {
  const other = await context.newPage();
  const [one, two] = [await begin(page, '0.1'), await begin(other, '0.7')];
  const before = [await one.readRows(MODEL), await two.readRows(MODEL)];
  expect(before.map(({ header }) => header.sigmas)).toEqual([[0.1], [0.7]]);
  // What was found half a second ago is kept.
  await page.waitForTimeout(700);
  for (const [i, dataset] of [one, two].entries()) {
    await [page, other][i]?.reload();
    await expect(dataset.status).toHaveText('Done: 40 images.');
    expect(await dataset.readRows(MODEL)).toEqual(before[i]);
  }
  // A third tab knows that the kept runs are taken.
  const third = new DatasetPage(await context.newPage());
  await third.open();
  await expect(third.page.getByText('Another tab of this browser holds the run')).toBeVisible();
});

test('a kept run that is damaged is said to be, and the view works', async ({ page }) => {
  const dataset = await begin(page, '0.3');
  const whole = await dataset.readRows(MODEL);
  await page.waitForTimeout(700);
  // Rows of another run, as two tabs once wrote them.
  await damage(page, 'rows:0:0', { run: 'r0000000000000000', rows: whole.rows });
  await page.reload();
  await expect(page.getByText('40 rows damaged or of another run')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await dataset.waitUntilDone();
  expect(await dataset.readRows(MODEL)).toEqual(whole);
  await page.waitForTimeout(700);
  for (const head of [{ runs: 5 }, null]) {
    await damage(page, 'head', head);
    await page.reload();
    await expect(page.getByText('kept is damaged and cannot be read')).toBeVisible();
  }
  await dataset.choose('Model', MODEL);
  await dataset.give(...given);
  await dataset.setRadii('0.3');
  await dataset.run.click();
  await dataset.waitUntilDone();
  expect((await dataset.readRows(MODEL)).rows).toEqual(whole.rows);
});

test('a browser that keeps nothing says so, and the view works', async ({ page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  const dataset = await begin(page, '0.3');
  await expect(page.getByText('This browser keeps no data for the page')).toBeVisible();
  expect((await dataset.readRows(MODEL)).rows).toHaveLength(40);
});
