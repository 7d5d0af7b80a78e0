import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { loadedScriptBytes } from '../../scripts/support/page-scripts';
import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

/** Of gzipped script; the least says that something was counted. */
const [LEAST, MOST] = [50_000, 250_000];
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The page's timeline also lists what its workers import; that is not counted. */
async function scriptBytes(page: Page): Promise<number> {
  const urls = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  return (await loadedScriptBytes(DIST, urls)).page;
}

test('the first view needs less than 250 kB of gzipped script, and its workers less than 375 kB', async ({
  probust,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await probust.openSwept({ ...SMALL, backend: 'wasm' });
  const bytes = await scriptBytes(page);
  const { workers } = await loadedScriptBytes(DIST, asked);
  console.log(`explorer: ${bytes} bytes, workers: ${workers} bytes`);
  expect(bytes).toBeGreaterThan(LEAST);
  expect(bytes).toBeLessThan(MOST);
  // Nearly all of it is tfjs.
  expect(workers).toBeGreaterThan(250_000);
  expect(workers).toBeLessThan(375_000);
});

test('so does the lesson', async ({ page }) => {
  await page.goto('/?view=learn');
  await expect(page.locator('.readouts strong').first()).toHaveText(/^0\./);
  const bytes = await scriptBytes(page);
  console.log(`lesson: ${bytes} bytes`);
  expect(bytes).toBeGreaterThan(LEAST);
  expect(bytes).toBeLessThan(MOST);
});

test('so does the data set view', async ({ page }) => {
  await page.goto('/?view=data');
  await expect(page.getByRole('button', { name: 'Files…' })).toBeEnabled();
  const bytes = await scriptBytes(page);
  console.log(`data set: ${bytes} bytes`);
  expect(bytes).toBeGreaterThan(LEAST);
  expect(bytes).toBeLessThan(MOST);
});
