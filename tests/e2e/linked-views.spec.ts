import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

const QUERY = { ...SMALL, samples: 1024, sample: 'seven-plain', estimators: 'taylor.gaussian_margin.mc' };

test('an estimator that is pointed at stands out wherever it is shown', async ({ probust, views, page }) => {
  await probust.openSwept(QUERY);
  for (const panel of ['classes', 'convergence', 'table'] as const) await probust.openPanel(panel);
  await expect(probust.classMarks('taylor')).toHaveCount(10);
  await expect.poll(() => views.faded()).toEqual([]);

  await views.switchOf('taylor').hover();
  await expect(views.readingRow('taylor')).toHaveAttribute('data-highlighted', 'true');
  await expect(views.readingRow('mc')).not.toHaveAttribute('data-highlighted');
  await expect(probust.table.locator('th[data-highlighted]')).toHaveText('Taylor');
  await expect(views.way('taylor')).toHaveAttribute('data-faded', 'false');
  await expect.poll(() => views.faded()).toEqual(['gaussian_margin', 'mc']);

  // From the chart, where the line is thin, and back to nothing.
  await probust.points('mc').last().hover();
  await expect(views.readingRow('mc')).toHaveAttribute('data-highlighted', 'true');
  await expect.poll(() => views.faded()).toEqual(['gaussian_margin', 'taylor']);
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(views.emphasised()).toHaveCount(0);
  await expect.poll(() => views.faded()).toEqual([]);

  // With the keyboard.
  await probust.estimator('softmax').press('Tab');
  await expect(probust.estimator('gaussian_margin')).toBeFocused();
  await expect(views.readingRow('gaussian_margin')).toHaveAttribute('data-highlighted', 'true');
});

test('everything at the cursor follows it, by keys and by pointer', async ({ probust, views, page }) => {
  await probust.openSwept(QUERY);
  for (const panel of ['classes', 'convergence', 'table', 'worst'] as const) await probust.openPanel(panel);
  const at = async (radius: string): Promise<void> => {
    const escaped = radius.replace('.', '\\.');
    await expect(probust.slider).toHaveAttribute('aria-valuetext', new RegExp(`^σ = ${escaped},`));
    await expect(probust.copies).toHaveAccessibleName(new RegExp(`at radius ${escaped};`));
    await expect(views.convergence).toHaveAccessibleName(new RegExp(`^Each estimate at σ = ${escaped} `));
    await expect(page.getByTestId('readout').locator('p').first()).toHaveText(`At σ = ${radius}`);
    await expect(probust.table.locator('tr[aria-current] th')).toHaveText(radius);
  };
  await at('0.632');
  await probust.waitForCatchUp();
  const shares = await probust.classBars.first().textContent();
  const way = await views.way('mc').locator('[data-part="way-line"]').getAttribute('d');
  const noisy = await views.worstPicture('noisy').locator('img').getAttribute('src');
  await probust.slider.press('End');
  await at('2.1');
  await expect(probust.classBars.first()).not.toHaveText(shares ?? '');
  await expect(views.way('mc').locator('[data-part="way-line"]')).not.toHaveAttribute('d', way ?? '');
  await expect(views.worstPicture('noisy').locator('img')).not.toHaveAttribute('src', noisy ?? '');

  // A click on the chart, and from there the arrow keys.
  const box = await probust.chart.boundingBox();
  if (box === null) throw new Error('the chart is not on the screen');
  await probust.chart.click({ position: { x: 2, y: box.height / 3 } });
  await at('0.19');
  await page.keyboard.press('End');
  await at('2.1');
});

test('the chart follows a finger', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 390, height: 844 },
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  const page = await context.newPage();
  await page.goto('/?radii=3&stop=fixed&samples=256&sample=seven-plain');
  const chart = page.getByRole('img', { name: /^Probability that the prediction survives/ });
  await expect(page.locator('[data-progress]')).toHaveAttribute('data-status', 'done');
  const slider = page.getByRole('slider', { name: /^Noise radius/ });
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (box === null) throw new Error('the chart is not on the screen');
  await page.touchscreen.tap(box.x + box.width - 20, box.y + 100);
  await expect(slider).toHaveAttribute('aria-valuetext', /^σ = 2\.1,/);
  await page.touchscreen.tap(box.x + 36, box.y + 100);
  await expect(slider).toHaveAttribute('aria-valuetext', /^σ = 0\.19,/);
  await context.close();
});

test('convergence ends where the estimate is; between radii it is the cursor’s own', async ({
  probust,
  views,
}) => {
  await probust.openSwept(QUERY);
  await probust.openPanel('convergence');
  const line = views.way('mc').locator('[data-part="way-line"]');
  // 256, 512, 768, 1024 copies.
  await expect(line).toHaveAttribute('d', /^M[\d.,]+(L[\d.,]+){3}$/);
  // An analytical estimator is a point; Gaussian margin fit took 128 passes, Taylor one and ten gradients.
  await expect(views.way('taylor').locator('[data-part="way-line"]')).toHaveCount(0);
  const x = async (id: string) => Number(await views.way(id).locator('circle').getAttribute('cx'));
  const [taylor, fit, mc] = [await x('taylor'), await x('gaussian_margin'), await x('mc')];
  expect(taylor).toBeLessThan(fit);
  expect(fit).toBeLessThan(mc);
  // Distances on the logarithmic axis are ratios of costs: 21, 128 and 1024.
  expect((mc - fit) / (fit - taylor)).toBeCloseTo(Math.log(1024 / 128) / Math.log(128 / 21), 1);

  await probust.waitForCatchUp();
  const before = await line.getAttribute('d');
  await probust.slider.press('ArrowRight');
  await expect(line).not.toHaveAttribute('d', before ?? '');
  await expect(line).toHaveAttribute('d', /^M[\d.,]+(L[\d.,]+){3}$/);
});

test('the worst case stands on the axis and beside a noisy copy; what was changed is magnified on demand', async ({
  probust,
  views,
}) => {
  await probust.openSwept({ ...QUERY, cursor: 0.19 });
  await expect(views.axisMark('adversary')).toHaveText(/^adversary ≤ [\d.]+$/);
  await expect(views.axisMark('certified')).toHaveText(/^certified [\d.]+$/);
  await expect(views.axisMark('equivalent')).toHaveText(/equivalent (≥ )?[\d.]+/);
  const text = (await probust.distance('adversary').locator('b').textContent()) ?? '';
  const distance = Number(text.replace('≤ ', ''));
  expect(Number((await views.axisMark('adversary').textContent())?.split('≤ ')[1])).toBeCloseTo(distance, 2);

  await probust.openPanel('worst');
  await expect(views.worstPicture('clean')).toHaveText(/called a 7$/);
  await expect(views.worstPicture('adversary')).toHaveText(/called an? [^7]L2 distance [\d.]+$/);
  await expect(views.worstPicture('noisy')).toHaveText(/L2 distance [\d.]+$/);
  await expect(views.worstPicture('difference')).toHaveCount(0);
  await probust.page.getByLabel('Show the difference').check();
  await expect(views.worstPicture('difference')).toContainText('Difference, 8 times');
  await probust.waitForCatchUp();
  const src = await views.worstPicture('difference').locator('img').getAttribute('src');
  await probust.page.getByRole('slider', { name: 'Magnified' }).press('ArrowRight');
  await expect(views.worstPicture('difference')).toContainText('Difference, 16 times');
  await expect(views.worstPicture('difference').locator('img')).not.toHaveAttribute('src', src ?? '');

  // What is unfolded and magnified is in the link.
  await expect(probust.page).toHaveURL(/[?&]open=worst&magnified=16(&|$)/);
  await probust.page.reload();
  await expect(views.worstPicture('difference')).toContainText('Difference, 16 times');
  await expect(probust.panel('table')).not.toHaveAttribute('open');
});
