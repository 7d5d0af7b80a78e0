import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PORT } from '../../playwright.config';
import { expect, test } from './fixtures';
import { LessonPage } from './pages/lesson';
import { SMALL } from './pages/probust-page';
import { violations } from './support/accessibility';
import { overflow } from './support/overflow';

const FAST = { ...SMALL, backend: 'wasm' } as const;

let host: Server;
let blog = '';
let article = '';
test.beforeAll(async () => {
  host = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(`<!doctype html><title>A blog</title><h1>A blog</h1>${article}`);
  });
  // By number: another site than the page's localhost.
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  blog = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
});
test.afterAll(() => {
  host.close();
  host.closeAllConnections();
});

test.describe('in a page of another origin', () => {
  // Two origins by design, so that requests are looked at here.
  test.use({ provokes: true });

  test('the whole page does not show, where it could lead clicks astray', async ({ page }) => {
    article = `<iframe src="http://localhost:${PORT}/?view=learn"></iframe>`;
    await page.goto(blog);
    await expect(page.getByRole('heading', { name: 'A blog' })).toBeVisible();
    const frame = page.frames().find((each) => each !== page.mainFrame());
    await expect.poll(() => frame?.url()).toMatch(/^chrome-error:/);
  });

  test('the snippet of a step shows its figure, which works there', async ({ page }) => {
    const lesson = new LessonPage(page);
    await lesson.open('taylor', { point: '0.27,0.49', noise: '0.1' });
    await page.getByText('Embed this in a page').click();
    article = await page.getByRole('textbox', { name: 'HTML to paste' }).inputValue();
    expect(article).toMatch(/^<iframe src="http/);
    await page.goto(blog);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('group', { name: /polygon/ })).toBeVisible();
    await expect(frame.getByRole('heading', { level: 2 })).toHaveCount(0);
    const point = frame.getByRole('slider', { name: /^The picture/ });
    await expect(point).toHaveAttribute('aria-valuetext', /left pixel 0\.27, right pixel 0\.49/);
    await point.press('ArrowUp');
    await expect(point).toHaveAttribute('aria-valuetext', /right pixel 0\.50/);
    await expect(frame.getByRole('link', { name: 'Open in Probust' })).toHaveAttribute('href', /step=taylor/);
  });

  test('so does the snippet of the curve, engine and all', async ({ page, probust }) => {
    await probust.openSwept({ ...FAST, sample: 'two-round' });
    await probust.openPanel('export');
    await page.getByText('Embed this in a page').click();
    article = await page.getByRole('textbox', { name: 'HTML to paste' }).inputValue();
    await page.goto(blog);
    const frame = page.frameLocator('iframe');
    await expect(frame.locator('[data-progress]')).toHaveAttribute('data-status', 'done', {
      timeout: 60_000,
    });
    await expect(frame.getByRole('img', { name: /^Probability that the prediction survives/ })).toBeVisible();
    await expect(frame.getByRole('heading', { name: 'Picture' })).toHaveCount(0);
  });
});

for (const what of ['figure', 'curve', 'noise'] as const) {
  test(`embedded ${what}: no barrier, nothing off the side of a narrow column`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(
      `/?${new URLSearchParams({ ...FAST, embed: what, step: 'margins' } as unknown as Record<string, string>)}`,
    );
    await expect(page.getByRole('main')).toBeVisible();
    if (what === 'figure') await expect(page.getByRole('group', { name: /^A plane/ })).toBeVisible();
    else if (what === 'noise') await expect(page.getByTestId('sentence')).toBeVisible();
    else await expect(page.locator('[data-progress]')).toHaveAttribute('data-status', 'done');
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
}

test('a teacher hides parts and locks the model', async ({ probust, page }) => {
  await probust.openSwept({ ...FAST, hide: 'header.worst.settings.export.compare', lock: 'model' });
  await expect(page.getByRole('banner')).toHaveCount(0);
  for (const panel of ['worst', 'settings', 'export'] as const)
    await expect(probust.panel(panel)).toHaveCount(0);
  await expect(probust.panel('classes')).toHaveCount(1);
  await expect(probust.model).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Your own model…' })).toHaveCount(0);
  await probust.drop({ name: 'model.json', type: 'application/json', bytes: Buffer.from('{}') });
  await expect(probust.alert).toContainText('This link shows one model only');
  const lesson = new LessonPage(page);
  await lesson.open('mmse', { hide: 'steps.question' });
  await expect(page.getByRole('navigation', { name: 'Steps of the lesson' })).toHaveCount(0);
  await expect(page.locator('.question')).toHaveCount(0);
});

test.describe('large type for a projector', () => {
  test('everything grows and fits, and pointers still meet what they point at', async ({ probust, page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const lesson = new LessonPage(page);
    await lesson.open('curve');
    const before = await lesson.heading.boundingBox();
    await page.getByRole('button', { name: 'Large type' }).click();
    await expect(page).toHaveURL(/text=large/);
    const after = await lesson.heading.boundingBox();
    expect(after?.height).toBeGreaterThan(1.2 * (before?.height ?? 0));
    expect(await violations(page)).toEqual([]);
    const target = await lesson.guesses.nth(6).boundingBox();
    if (target === null) throw new Error('no handle');
    await page.mouse.click(target.x + target.width / 2, target.y + target.height / 2 - 50);
    const moved = await lesson.guesses.nth(6).boundingBox();
    expect(moved?.y).toBeCloseTo(target.y - 50, -0.5);
    await lesson.symbol('sigma').hover();
    const [symbol, gloss] = [await lesson.symbol('sigma').boundingBox(), await lesson.gloss.boundingBox()];
    expect(Math.abs((gloss?.y ?? 0) - (symbol?.y ?? 0) - (symbol?.height ?? 0))).toBeLessThan(20);
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => overflow(page), `${width} wide`).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await probust.openSwept({ ...FAST, text: 'large' });
    const box = await probust.chart.boundingBox();
    if (box === null) throw new Error('no chart');
    await probust.chart.click({ position: { x: box.width * 0.5, y: 150 } });
    const cursor = await page.locator('[data-part="cursor"] line').first().boundingBox();
    // The cursor snaps to a stop nearby.
    expect(Math.abs((cursor?.x ?? 0) - box.x - box.width * 0.5)).toBeLessThan(30);
  });
});
