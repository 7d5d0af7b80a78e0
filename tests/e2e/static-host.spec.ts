import { type StaticHost, startStaticHost } from '../../scripts/support/static-host';
import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

const query = new URLSearchParams({ ...SMALL, radii: '3', samples: '256', backend: 'wasm' });
let host: StaticHost;
test.beforeAll(async () => {
  host = await startStaticHost('/~someone/probust/');
});
test.afterAll(() => host.close());

test.use({ serviceWorkers: 'allow' });

const isIsolated = (): boolean => window.crossOriginIsolated;

test('a plain web space serves it from a sub-path; a service worker isolates it', async ({
  probust,
  page,
}) => {
  await page.goto(`${host.url}?${query}`);
  await probust.waitForSweep();
  expect(await page.evaluate(isIsolated)).toBe(true);
  await expect(probust.predicted).toHaveText('7');
  await expect(probust.alert).toBeEmpty();
  await expect(probust.backend).not.toContainText('not cross-origin isolated');
  expect(new URL(page.url()).searchParams.get('samples')).toBe('256');
});

test.describe('without service workers', () => {
  test.use({ serviceWorkers: 'block' });

  test('it runs on one thread and says why', async ({ probust, page }) => {
    await page.goto(`${host.url}?${query}`);
    await probust.waitForSweep();
    expect(await page.evaluate(isIsolated)).toBe(false);
    await expect(probust.backend).toHaveText(/on one thread \(the page is not cross-origin isolated\)/);
    await expect(probust.predicted).toHaveText('7');
  });
});
