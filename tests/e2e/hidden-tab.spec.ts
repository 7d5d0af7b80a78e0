import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { type ProbustPage, withoutTimes } from './pages/probust-page';

/** Seconds of work, so that there is time to look away. */
const HEAVY = { radii: 3, stop: 'fixed', samples: 8192, sample: 'nine-curved' } as const;

/** Headless pages are never hidden by themselves. */
async function show(page: Page, visibility: DocumentVisibilityState): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
}

async function copiesSampled(probust: ProbustPage): Promise<number> {
  const { estimates } = await probust.readSweep();
  return (estimates.mc ?? []).reduce((sum, { evaluations }) => sum + evaluations, 0);
}

/** Looks away during the sweep and returns how much was sampled by then. */
async function lookAway(probust: ProbustPage): Promise<number> {
  await expect(probust.points('mc')).toHaveCount(3);
  await show(probust.page, 'hidden');
  await expect(probust.status).toHaveText('Waiting: this tab is hidden');
  // The batch that was under way may still come in.
  let seen = -1;
  await expect
    .poll(async () => {
      const before = seen;
      seen = await copiesSampled(probust);
      return seen === before;
    })
    .toBe(true);
  return seen;
}

test('a sweep waits while its tab is hidden and ends as if it had not', async ({ probust, page }) => {
  await probust.open(HEAVY);
  const sampled = await lookAway(probust);
  await page.waitForTimeout(1000);
  // Exports go on working, of what is there.
  expect(await copiesSampled(probust)).toBe(sampled);
  expect(sampled).toBeLessThan(3 * 8192);

  await show(page, 'visible');
  await expect(probust.status).not.toHaveText('Waiting: this tab is hidden');
  await probust.waitForSweep();
  const disturbed = await probust.readSweep();
  await page.goto(page.url());
  await probust.waitForSweep();
  expect(withoutTimes(disturbed)).toEqual(withoutTimes(await probust.readSweep()));
});

test('a sweep that waits can be cancelled', async ({ probust, page }) => {
  await probust.open(HEAVY);
  const sampled = await lookAway(probust);
  await probust.cancel();
  await show(page, 'visible');
  await expect(probust.status).toHaveText('Cancelled; what was found stays.');
  // The cursor's own job comes from the same worker, later.
  await probust.slider.press('ArrowRight');
  await expect(probust.cursorEstimate).toBeVisible();
  expect(await copiesSampled(probust)).toBe(sampled);
});
