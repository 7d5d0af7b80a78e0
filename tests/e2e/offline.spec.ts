import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { precacheList } from '../../build/precache';
import { type StaticHost, startStaticHost } from '../../scripts/support/static-host';
import { expect, test } from './fixtures';
import { LessonPage } from './pages/lesson';
import { SMALL } from './pages/probust-page';

const query = new URLSearchParams({ ...SMALL, radii: '3', samples: '256', backend: 'wasm' });
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
let host: StaticHost;
/** Files of a newer build, once there is one. */
let newer: string[];
test.beforeEach(async () => {
  newer = [];
  host = await startStaticHost('/~someone/probust/', { folders: newer });
});
test.afterEach(() => host.close());

/** A build that differs in its page alone. */
function nextBuild(folder: string, title: string): void {
  const list = precacheList(DIST, 'service-worker.js');
  const page = readFileSync(join(DIST, 'index.html'), 'utf8').replace(
    /<title>.*<\/title>/,
    `<title>${title}</title>`,
  );
  writeFileSync(join(folder, 'index.html'), page);
  const hash = precacheList(folder, 'service-worker.js').files['index.html'] ?? '';
  const script = readFileSync(join(DIST, 'service-worker.js'), 'utf8')
    .replaceAll(list.files['index.html'] ?? '', hash)
    .replaceAll(list.version, 'next');
  writeFileSync(join(folder, 'service-worker.js'), script);
}
test.use({ serviceWorkers: 'allow' });

test('after one visit to a plain web space it starts without any network, explorer and lesson', async ({
  probust,
  page,
}) => {
  await page.goto(`${host.url}?${query}`);
  await probust.waitForSweep();
  await expect(page.locator('.page-footer')).toContainText('works without a network', { timeout: 60_000 });
  host.close();

  await page.goto(`${host.url}?${query}`);
  await probust.waitForSweep();
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
  await expect(probust.predicted).toHaveText('7');
  await probust.openPanel('landscape');
  await expect(probust.panel('landscape').getByRole('radio').first()).toBeVisible();

  const lesson = new LessonPage(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await lesson.open('average', { ...SMALL, backend: 'wasm' }, host.url);
  for (let step = 0; step < 7; step++) {
    await page.locator('.question label').first().click();
    await expect(page.locator('.question-why')).not.toBeEmpty();
    await lesson.next.click();
  }
  await expect(lesson.main).toHaveAttribute('data-step', 'photo');
  await expect(lesson.reveal).toBeEnabled({ timeout: 90_000 });
  await lesson.reveal.click();
  await expect(lesson.score).toContainText('On average');
});

test('it can be installed: manifest and icons are what they say, wherever the page lies', async ({
  page,
}) => {
  await page.goto(`${host.url}?view=learn`);
  // The service worker reloads it once.
  await page.waitForFunction(() => window.crossOriginIsolated && document.querySelector('main') !== null);
  const found = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
    const address = link?.href ?? '';
    const manifest = await (await fetch(address)).json();
    const icons = await Promise.all(
      manifest.icons.map(async ({ src, sizes }: { src: string; sizes: string }) => {
        const image = new Image();
        image.src = new URL(src, address).href;
        await image.decode();
        return { sizes, is: `${image.naturalWidth}x${image.naturalHeight}` };
      }),
    );
    return {
      start: new URL(manifest.start_url, address).href,
      scope: new URL(manifest.scope, address).href,
      display: manifest.display,
      icons,
    };
  });
  expect(found).toMatchObject({ start: host.url, scope: host.url, display: 'standalone' });
  expect(found.icons.length).toBeGreaterThan(2);
  for (const { sizes, is } of found.icons) if (sizes !== 'any') expect(is).toBe(sizes);
});

test('a newer build comes whole: the page stays as it is until the person takes the other', async ({
  page,
}) => {
  const kept = page.locator('.page-footer').getByText('works without a network');
  await page.goto(`${host.url}?view=learn`);
  await expect(kept).toBeVisible({ timeout: 60_000 });
  const before = await page.title();
  const folder = mkdtempSync(join(tmpdir(), 'next-'));
  try {
    nextBuild(folder, 'The next one');
    newer.push(folder);
    await page.reload();
    expect(await page.title()).toBe(before);
    const take = page.getByRole('button', { name: 'Reload with it' });
    await expect(take).toBeVisible({ timeout: 60_000 });
    await page.reload();
    expect(await page.title()).toBe(before);
    await expect(take).toBeVisible({ timeout: 60_000 });
    await take.click();
    await expect(page).toHaveTitle('The next one');
    await expect(kept).toBeVisible({ timeout: 60_000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a build that is not all there yet is not taken', async ({ page }) => {
  await page.goto(`${host.url}?view=learn`);
  await expect(page.locator('.page-footer').getByText('works without a network')).toBeVisible({
    timeout: 60_000,
  });
  const before = await page.title();
  const folder = mkdtempSync(join(tmpdir(), 'next-'));
  try {
    nextBuild(folder, 'The next one');
    // Its page is still on the way.
    writeFileSync(join(folder, 'index.html'), '<title>Half</title>');
    newer.push(folder);
    await page.reload();
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update().catch(() => undefined);
    });
    await page.waitForTimeout(3000);
    await page.reload();
    expect(await page.title()).toBe(before);
    await expect(page.getByRole('button', { name: 'Reload with it' })).toHaveCount(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
