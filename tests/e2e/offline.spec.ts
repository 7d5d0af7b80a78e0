import { type StaticHost, startStaticHost } from '../../scripts/support/static-host';
import { expect, test } from './fixtures';
import { LessonPage } from './pages/lesson';
import { SMALL } from './pages/probust-page';

const query = new URLSearchParams({ ...SMALL, radii: '3', samples: '256', backend: 'wasm' });
let host: StaticHost;
test.beforeEach(async () => {
  host = await startStaticHost('/~someone/probust/');
});
test.afterEach(() => host.close());
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
