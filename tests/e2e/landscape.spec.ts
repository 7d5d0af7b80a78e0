import { expect, test } from './fixtures';
import { LandscapePanel } from './pages/landscape';
import { SMALL } from './pages/probust-page';
import { Drawn, readDrawing, renderAlone } from './support/drawn';
import { watchEngineCalls } from './support/engine-calls';
import { expectNoBarrier } from './support/themes';

const QUERY = { ...SMALL, radii: 4, sample: 'four-or-nine', seed: 3 };
const isPlotly = (url: string) => /plotly/.test(url);

// Space is drawn by software here: the smaller, the sooner.
test.use({ viewport: { width: 800, height: 800 } });

test('plotly is fetched when a landscape is opened, and not before', async ({ probust, requests }) => {
  await probust.openSwept(QUERY);
  await probust.openPanel('classes');
  expect(requests.filter(isPlotly)).toEqual([]);
  const landscape = new LandscapePanel(probust);
  await landscape.open();
  await expect(landscape.solid('robustness')).toBeVisible();
  expect(requests.filter(isPlotly).length).toBeGreaterThan(0);
});

test('robustness by radius and class is what was sampled, in space, flat, and as a table', async ({
  probust,
}) => {
  await probust.openSwept(QUERY);
  const { estimates, sigmas } = await probust.readSweep();
  const landscape = new LandscapePanel(probust);
  await landscape.open();
  await expect(landscape.solid('robustness')).toHaveAccessibleName(/each of 10 classes, at 4 radii/);
  await landscape.root.getByText('The shares as numbers').click();
  const rows = landscape.root.locator('tbody tr');
  await expect(rows).toHaveCount(sigmas.length);
  for (const [i, row] of (estimates.mc ?? []).entries()) {
    const cells = await rows.nth(i).locator('td b').allTextContents();
    expect(cells).toHaveLength(10);
    // The class asked for is the 4.
    const shown = Number((cells[4] as string).replace(/[^\d.]/g, ''));
    if (row.p < 1) expect(shown).toBeCloseTo(row.p, 2);
    const sum = cells.reduce(
      (total, cell) => total + (cell.startsWith('≤') ? 0 : Number(cell.replace('≥ ', ''))),
      0,
    );
    expect(Math.abs(sum - 1)).toBeLessThan(0.05);
  }
  await landscape.draw('flat');
  await expect(landscape.flat('robustness')).toHaveAccessibleName(/each of 10 classes/);
  const { bytes } = await landscape.figure('robustness').save('svg', 'Light');
  expect(bytes.toString('utf8')).toContain('Where noise leads, by radius and class');
});

test('the margin is computed when it is looked at, with its boundary, and in words', async ({
  probust,
  page,
}) => {
  const calls = await watchEngineCalls(page);
  await probust.openSwept(QUERY);
  const landscape = new LandscapePanel(probust);
  await landscape.open();
  expect(await calls('marginLandscape')).toBe(0);
  await landscape.show('margin');
  await expect(landscape.solid('margin')).toHaveAccessibleName(
    /^Margin of class 4 in its most dangerous plane\. Along u/,
  );
  await expect(landscape.root).toContainText(/Along u lies class 9, at a distance of 0\.\d+/);
  await expect(landscape.root).toContainText(
    /Of the square, [\d.]+ % is called 4(,| and) [\d.]+ % is called 9/,
  );
  await expect(landscape.root).toContainText('1,682 forward passes, 10 gradients');

  await landscape.draw('flat');
  await expect(landscape.flat('margin').locator('[data-part="level"]').first()).toHaveAttribute(
    'd',
    /^M[\d.]+,[\d.]+L/,
  );
  await expect(landscape.flat('margin').locator('[data-part="circle"]')).toHaveCount(2);
  // What was computed stays: neither another look nor another radius asks again.
  await landscape.show('robustness');
  await landscape.show('margin');
  await probust.slider.press('Home');
  await expect(landscape.figure('margin').root).toBeVisible();
  expect(await calls('marginLandscape')).toBe(1);
});

test('it turns by keyboard, and by mouse', async ({ probust, page }) => {
  await probust.openSwept(QUERY);
  const landscape = new LandscapePanel(probust);
  await landscape.open();
  const solid = landscape.solid('robustness');
  await expect(solid).toBeVisible();
  const camera = () =>
    solid.evaluate(
      (element) =>
        (
          element.firstElementChild as unknown as {
            layout: { scene: { camera: { eye: { x: number; y: number } } } };
          }
        ).layout.scene.camera.eye,
    );
  const before = await camera();
  await landscape.turn.press('ArrowRight');
  await expect.poll(async () => (await camera()).x).not.toBe(before.x);
  const turned = await landscape.turn.getAttribute('aria-valuetext');
  await solid.scrollIntoViewIfNeeded();
  const box = await solid.boundingBox();
  if (box === null) throw new Error('not visible');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 80, y, { steps: 4 });
  await page.mouse.up();
  await expect(landscape.turn).not.toHaveAttribute('aria-valuetext', turned ?? '');
});

test('saved in space it stands alone in either theme', async ({ probust, context }) => {
  await probust.openSwept(QUERY);
  const landscape = new LandscapePanel(probust);
  await landscape.open();
  await landscape.show('margin');
  await expect(landscape.solid('margin')).toBeVisible();
  const elsewhere = await context.newPage();
  for (const [theme, ground] of [
    ['Light', '#ffffff'],
    ['Dark', '#1b1f26'],
  ] as const) {
    const { bytes } = await landscape.figure('margin').save('svg', theme);
    const rendered = await renderAlone(elsewhere, bytes);
    expect(rendered.edge()).toEqual([ground]);
    expect(rendered.colours()).toBeGreaterThan(200);
    const drawing = await readDrawing(elsewhere, bytes);
    expect(drawing.needs).toEqual([]);
    expect(drawing.texts.map(({ text }) => text).join(' ')).toMatch(/Along u lies class 9.*Model mnist-cnn/);
  }
  const png = new Drawn((await landscape.figure('margin').save('png', 'Dark')).bytes);
  expect(png.edge()).toEqual(['#1b1f26']);
});

test('without WebGL it is drawn flat, and says so', async ({ probust, page, requests }) => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      kind: string,
      ...rest: unknown[]
    ) {
      return kind.startsWith('webgl') ? null : Reflect.apply(original, this, [kind, ...rest]);
    } as typeof original;
  });
  await probust.openSwept(QUERY);
  const landscape = new LandscapePanel(probust);
  await landscape.open();
  await expect(landscape.root).toContainText('This browser has no WebGL');
  await expect(landscape.flat('robustness')).toBeVisible();
  expect(requests.filter(isPlotly)).toEqual([]);
});

test('the margin can be cancelled and taken up again', async ({ probust, page }) => {
  await probust.openSwept(QUERY);
  const landscape = new LandscapePanel(probust);
  await landscape.open();
  // Held by hand, so that there is time to cancel.
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await landscape.show('margin');
  await expect(landscape.status).toHaveText(/^Computing the margin/);
  await landscape.root.getByRole('button', { name: 'Cancel' }).click();
  await expect(landscape.status).toHaveText('Cancelled.');
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await landscape.root.getByRole('button', { name: 'Compute the margin' }).click();
  await expect(landscape.figure('margin').root).toBeVisible();
});

test('no serious barrier in light and dark', async ({ probust }) => {
  await probust.openSwept(QUERY);
  const landscape = new LandscapePanel(probust);
  await landscape.open();
  await expect(landscape.solid('robustness')).toBeVisible();
  await expectNoBarrier(probust, 'in space');
  await landscape.show('margin');
  await expect(landscape.figure('margin').root).toBeVisible();
  await landscape.draw('flat');
  await landscape.figure('margin').openMenu();
  await expectNoBarrier(probust, 'flat, about to be saved');
});
