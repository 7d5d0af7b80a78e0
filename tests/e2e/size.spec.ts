import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

const MOST = 250_000;
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The scripts that index.html leads to by imports, static or not: all but those of workers. */
function pageScripts(): ReadonlySet<string> {
  const [entry = ''] = readFileSync(`${DIST}index.html`, 'utf8').match(/assets\/index-[^"]+\.js/) ?? [];
  const found = new Set([entry]);
  for (const path of found) {
    const script = readFileSync(`${DIST}${path}`, 'utf8');
    for (const [, name] of script.matchAll(/(?:from|import|import\()\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) {
      found.add(`assets/${name}`);
    }
  }
  return found;
}

/** Bytes, gzipped, of the scripts that the page itself loaded. Its timeline also lists what its workers import. */
async function scriptBytes(page: Page): Promise<number> {
  const urls = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const loaded = new Set(urls.map((url) => new URL(url).pathname.slice(1)));
  const own = [...pageScripts()].filter((path) => loaded.has(path));
  expect(own.length).toBeGreaterThan(3);
  return own.reduce((sum, path) => sum + gzipSync(readFileSync(`${DIST}${path}`)).length, 0);
}

test('the first view needs less than 250 kB of gzipped script', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, backend: 'wasm' });
  const bytes = await scriptBytes(page);
  console.log(`explorer: ${bytes} bytes`);
  expect(bytes).toBeLessThan(MOST);
});

test('so does the lesson', async ({ page }) => {
  await page.goto('/?view=learn');
  await expect(page.locator('.readouts strong').first()).toHaveText(/^0\./);
  const bytes = await scriptBytes(page);
  console.log(`lesson: ${bytes} bytes`);
  expect(bytes).toBeLessThan(MOST);
});
