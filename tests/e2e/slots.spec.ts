import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';

/** Works for as long as a test looks. */
const ENDLESS = { stop: 'fixed', samples: 200_000 } as const;

/** The curve's part of the page, which on a phone lies below the window at first. */
const curveSlot = (page: Page): Locator => page.locator('.slot', { has: page.locator('.curve-card') });

/** Whether news was held back from a part at any time within a second. */
async function lagsWithinASecond(slot: Locator): Promise<boolean> {
  return slot.evaluate(
    (element) =>
      new Promise<boolean>((resolve) => {
        const observer = new MutationObserver(() => element.hasAttribute('aria-busy') && resolve(true));
        observer.observe(element, { attributes: true });
        if (element.hasAttribute('aria-busy')) resolve(true);
        setTimeout(() => resolve(false), 1000);
      }),
  );
}

test.use({ viewport: { width: 390, height: 700 } });

test('a curve below the window waits for a pause, says what goes on, and is up to date when it is scrolled to', async ({
  probust,
  page,
}) => {
  await probust.open(ENDLESS);
  await expect(probust.copies).toBeVisible();
  const slot = curveSlot(page);
  await expect(slot).not.toBeInViewport();
  expect(await lagsWithinASecond(slot)).toBe(true);
  await expect(slot.locator('[aria-live]')).toHaveText('Sweep started.');
  // A pause never comes; it catches up now and then all the same.
  await expect(probust.points('mc')).toHaveCount(12);

  await probust.chart.scrollIntoViewIfNeeded();
  await expect.poll(() => lagsWithinASecond(slot)).toBe(false);
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(slot).toHaveAttribute('aria-busy', 'true');
});

test('a part that has the focus keeps up wherever it is', async ({ probust, page }) => {
  await probust.open(ENDLESS);
  await expect(probust.copies).toBeVisible();
  const slot = curveSlot(page);
  const cancel = slot.getByRole('button', { name: 'Cancel' });
  await cancel.evaluate((button: HTMLElement) => button.focus({ preventScroll: true }));
  await expect(slot).not.toBeInViewport();
  await expect.poll(() => lagsWithinASecond(slot)).toBe(false);
  await cancel.evaluate((button: HTMLElement) => button.blur());
  expect(await lagsWithinASecond(slot)).toBe(true);
});

test('everything is caught up with once the sweep is through', async ({ probust, page }) => {
  await probust.openSwept({ radii: 3, stop: 'fixed', samples: 256, open: 'table' });
  // The table is far below the window.
  await expect(probust.table).not.toBeInViewport();
  const shown = await page.locator('.curve-card .switches :checked').count();
  expect(shown).toBeGreaterThan(1);
  expect(await probust.table.locator('tbody td b').count()).toBe(3 * shown);
});
