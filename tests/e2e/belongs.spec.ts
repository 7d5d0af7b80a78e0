import { expect, test } from './fixtures';
import { type ProbustPage, SMALL } from './pages/probust-page';
import { holdCalls } from './support/held-calls';

/** What is shown belongs to the picture, model, class, seed and noise level that the page says it is of. */

const QUERY = { ...SMALL, sample: 'eight-quick' } as const;
const LARGEST = '2.1';

const readings = (probust: ProbustPage) =>
  probust.page.getByTestId('readout').locator('dl:not(.distances) dd b');
const count = async (probust: ProbustPage): Promise<number> =>
  Number(/(\d+) of 100/.exec((await probust.sentence.textContent()) ?? '')?.[1] ?? Number.NaN);
const radiusOf = async (probust: ProbustPage): Promise<string> =>
  /^σ = ([\d.]+),/.exec((await probust.slider.getAttribute('aria-valuetext')) ?? '')?.[1] ?? '';

test('copies of another noise level are dimmed and not counted, however fast the slider goes', async ({
  probust,
  page,
}) => {
  const calls = await holdCalls(page);
  await probust.openSwept(QUERY);
  const before = await count(probust);
  const grid = page.locator('.noise-copies');
  await expect(grid).not.toHaveAttribute('data-outdated');
  await calls.hold('classifyCopies');
  for (let i = 0; i < 12; i++) await probust.slider.press('ArrowRight');
  await probust.slider.press('End');
  await expect(probust.slider).toHaveAttribute('aria-valuetext', new RegExp(`^σ = ${LARGEST},`));
  await expect(probust.sentence).toHaveText('In … of 100 noisy copies this stays an 8.');
  await expect(probust.sentence).toHaveAttribute('data-outdated');
  await expect(grid).toHaveAttribute('data-outdated');
  // The copies that are still there say which noise they are of.
  await expect(probust.copies).toHaveAccessibleName(/at radius 0\.632;/);
  await calls.release('classifyCopies');
  await expect(probust.copies).toHaveAccessibleName(new RegExp(`at radius ${LARGEST};`));
  await expect(grid).not.toHaveAttribute('data-outdated');
  const after = await count(probust);
  expect(after).toBeLessThan(before);
  expect(after + (await probust.copies.locator('[data-part="flip"]').count())).toBe(100);
});

test('distances wait for sampling; no formula takes its place unasked', async ({ probust, page }) => {
  const calls = await holdCalls(page);
  await probust.openSwept(QUERY);
  await expect(probust.distance('equivalent')).toHaveText(/[\d.]+from Monte Carlo$/);
  await calls.hold('run');
  await probust.slider.press('ArrowRight');
  for (const name of ['equivalent', 'nines'] as const) {
    await expect(probust.distance(name).locator('b')).toHaveText('…');
    await expect(probust.distance(name)).toHaveText(/from Monte Carlo$/);
  }
  await expect(probust.chart.getByText(/^equivalent/)).toHaveCount(0);
  await expect(readings(probust)).toHaveText(['…', '…']);
  await calls.release('run');
  await expect(probust.distance('equivalent').locator('b')).not.toHaveText('…');
});

const changes: Record<string, (probust: ProbustPage) => Promise<unknown>> = {
  picture: (probust) => probust.sample('six-tall').click(),
  model: ({ model }) => model.selectOption('mnist-cnn-noise'),
  seed: (probust) => probust.setField('Seed', 5),
  class: async (probust) => {
    await probust.openPanel('classes');
    await probust.classBars.nth(3).click();
  },
};

test('after a change nothing of the one before is shown as its own', async ({ probust, page }) => {
  const calls = await holdCalls(page);
  await probust.openSwept(QUERY);
  // Between two radii of the sweep, where the cursor has estimates of its own.
  await probust.slider.press('ArrowRight');
  for (const [what, change] of Object.entries(changes)) {
    await test.step(`another ${what}`, async () => {
      await expect(readings(probust)).not.toHaveText(['…', '…']);
      await expect(probust.cursorEstimate).toHaveText(/256 noisy copies/);
      await probust.waitForCatchUp();
      await calls.hold('run');
      await change(probust);
      // Of another class the prediction is known, so that the cursor is asked for as well.
      await expect.poll(() => calls.waiting('run')).toBe(what === 'class' ? 2 : 1);
      await expect(readings(probust)).toHaveText(['…', '…']);
      if (what === 'class') {
        // What the copies are called is known whichever class is asked for.
        await expect(probust.sentence).toHaveText(/^In (…|\d+) of 100 noisy copies this is called a 3\.$/);
      } else {
        await expect(probust.sentence).toHaveCount(0);
        await expect(probust.copies).toHaveCount(0);
      }
      for (const name of ['equivalent', 'nines', 'adversary', 'certified'] as const) {
        await expect(probust.distance(name).locator('b')).toHaveText('…');
      }
      await expect(page.locator('[data-part="cursor-mark"]')).toHaveCount(0);
      await expect(probust.gap).toContainText('is judged when both are there');
      await calls.release('run');
      await probust.waitForSweep();
      await expect(probust.cursorEstimate).toHaveText(/256 noisy copies/);
    });
  }
});

test('another class: its copies are counted already, and it has a confidence sequence until its own stop', async ({
  probust,
}) => {
  const calls = await holdCalls(probust.page);
  await probust.openSwept(QUERY);
  const before = await probust.readSweep();
  await probust.openPanel('classes');
  await calls.hold('run');
  await probust.classBars.nth(3).click();
  await expect.poll(() => calls.waiting('run')).toBe(1);
  const kept = await probust.readSweep();
  expect(kept.target.index).toBe(3);
  for (const [i, estimate] of (kept.estimates.mc ?? []).entries()) {
    expect(estimate.interval).toBe('confidence-sequence');
    expect(estimate.flags).toEqual(['provisional']);
    expect(estimate.evaluations).toBe(before.estimates.mc?.[i]?.evaluations);
    expect(estimate.p).toBe((estimate.successes ?? Number.NaN) / estimate.evaluations);
  }
  await calls.release('run');
  await probust.waitForSweep();
});

test('while another model or picture is on its way, what is shown is dimmed', async ({ probust, page }) => {
  const calls = await holdCalls(page);
  await probust.openSwept(QUERY);
  const main = page.locator('main').first();
  await expect(main).not.toHaveAttribute('data-changing');
  for (const [method, ask] of [
    ['loadModel', () => probust.model.selectOption('mnist-mlp')],
    ['prepare', () => probust.sample('two-round').click()],
  ] as const) {
    await calls.hold(method);
    await ask();
    await expect(main).toHaveAttribute('data-changing');
    await expect(page.locator('.gap-sentence')).toHaveCSS('opacity', '0.6');
    await calls.release(method);
    await expect(main).not.toHaveAttribute('data-changing');
    await probust.waitForSweep();
  }
});

test('of two models, both count copies of the noise level that the slider shows', async ({
  probust,
  page,
}) => {
  // Without relatives in common, each would begin at a radius of its own.
  await probust.openSwept({ ...QUERY, compare: 'model:mnist-linear' });
  await expect(page.getByTestId('second-sentence')).toBeVisible();
  const radius = await radiusOf(probust);
  await expect(probust.copies).toHaveCount(2);
  for (const copies of await probust.copies.all()) {
    await expect(copies).toHaveAccessibleName(new RegExp(`at radius ${radius};`));
  }
});
