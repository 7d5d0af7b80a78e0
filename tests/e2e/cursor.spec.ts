import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

/** The radii of a sweep of three on the default model, as the cards of it and its robust relatives recommend. */
const [SMALLEST, MIDDLE, LARGEST] = ['0.19', '0.632', '2.1'];
const at = (radius: string): RegExp => new RegExp(`^σ = ${radius},`);

test('chart, table, class bars and slider share one cursor', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, sample: 'eight-quick' });
  await test.step('the table has a row a radius and marks the one of the cursor', async () => {
    await expect(probust.slider).toHaveAttribute('aria-valuetext', at(MIDDLE));
    await probust.openPanel('table');
    const rows = probust.table.locator('tbody tr');
    await expect(rows).toHaveCount(3);
    await expect(rows.locator('th')).toHaveText([SMALLEST, MIDDLE, LARGEST]);
    await expect(probust.table.locator('tr[aria-current]')).toHaveText(new RegExp(`^${MIDDLE}`));
    await expect(probust.table.locator('tfoot')).toContainText('768 forward passes');
    await probust.slider.press('Home');
    await expect(probust.table.locator('tr[aria-current]')).toHaveText(new RegExp(`^${SMALLEST}`));
  });
  await test.step('the slider moves by keyboard; sentence, copies and link follow', async () => {
    await probust.slider.press('End');
    await expect(probust.slider).toHaveAttribute('aria-valuetext', `σ = ${LARGEST}, typical distance 58.8`);
    await expect(probust.copies).toHaveAccessibleName(new RegExp(`at radius ${LARGEST};`));
    await expect(page).toHaveURL(/[?&]cursor=2\.1(&|$)/);
    await probust.waitForCatchUp();
    const atLargest = await probust.sentence.textContent();

    await probust.slider.press('Home');
    await expect(probust.copies).toHaveAccessibleName(new RegExp(`at radius ${SMALLEST};`));
    await expect(probust.sentence).not.toHaveText(atLargest ?? '');
    await expect(page).toHaveURL(/[?&]cursor=0\.19(&|$)/);

    // Between two radii of the sweep the cursor has its own estimate, after a rest.
    await probust.slider.press('ArrowRight');
    await expect(page).not.toHaveURL(/[?&]cursor=0\.19(&|$)/);
    await expect(probust.cursorEstimate).toHaveText(/256 noisy copies/);
    await expect(probust.points('mc')).toHaveCount(3);
  });
  await test.step('a click on the chart and a drag over it move the cursor', async () => {
    const box = await probust.chart.boundingBox();
    if (box === null) throw new Error('the chart is not on the screen');
    const position = (share: number) => ({ x: share * box.width, y: box.height / 3 });
    await probust.chart.click({ position: position(0.01) });
    await expect(probust.slider).toHaveAttribute('aria-valuetext', at(SMALLEST));
    await expect(probust.copies).toHaveAccessibleName(new RegExp(`at radius ${SMALLEST};`));
    await probust.chart.click({ position: position(0.99) });
    await expect(probust.slider).toHaveAttribute('aria-valuetext', at(LARGEST));
    await expect(page).toHaveURL(/[?&]cursor=2\.1(&|$)/);

    await probust.chart.hover({ position: position(0.9) });
    await page.mouse.down();
    await probust.chart.hover({ position: position(0.2), force: true });
    await page.mouse.up();
    await expect(probust.slider).not.toHaveAttribute('aria-valuetext', at(LARGEST));
    // The address is written once the settings rest.
    await expect(page).not.toHaveURL(/[?&]cursor=2\.1(&|$)/);
    // The button is up again: moving on changes nothing.
    const address = page.url();
    await probust.chart.hover({ position: position(0.6) });
    expect(page.url()).toBe(address);
  });
  await test.step('the logit scale spreads what is near certainty', async () => {
    await probust.waitForCatchUp();
    const linear = await probust.line('taylor').getAttribute('d');
    await expect(probust.chart.getByText('0.6', { exact: true })).toBeVisible();
    await probust.choice('Scale', 'logit').check();
    await expect(page).toHaveURL(/[?&]scale=logit(&|$)/);
    await expect(probust.chart.getByText('0.99', { exact: true })).toBeVisible();
    await expect(probust.line('taylor')).not.toHaveAttribute('d', linear ?? '');
    await expect(probust.line('taylor')).not.toHaveAttribute('d', /NaN|Infinity/);
    await probust.choice('Scale', 'linear').check();
    await expect(probust.line('taylor')).toHaveAttribute('d', linear ?? '');
  });
  await test.step('class bars share all copies; a press asks for that class', async () => {
    await probust.openPanel('classes');
    await probust.slider.press('End');
    await expect(probust.classBars).toHaveCount(10);
    await expect(probust.classBars.first()).toHaveText(/^0[≤ ]*[\d.]+ \([\d.]+–[\d.]+\); Taylor .+$/);
    await probust.waitForCatchUp();
    const texts = await probust.classBars.locator('[data-part="value"]').allTextContents();
    // A class that no copy fell into has only an upper limit.
    const shares = texts.map((text) => (text.startsWith('≤') ? 0 : Number.parseFloat(text)));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
    await expect(probust.classBars.nth(8)).toHaveAttribute('aria-pressed', 'true');

    await probust.classBars.nth(3).click();
    await expect(probust.classBars.nth(3)).toHaveAttribute('aria-pressed', 'true');
    await probust.waitForSweep();
    await expect(page).toHaveURL(/[?&]target=3(&|$)/);
    await expect(probust.sentence).toContainText('this is called a 3');
    await expect(probust.predicted).toHaveText('8');
    expect((await probust.readSweep()).target).toEqual({ index: 3, label: '3' });

    await page.getByRole('button', { name: 'Ask for the predicted class again' }).click();
    await probust.waitForSweep();
    await expect(probust.sentence).toContainText('stays an 8');
    await expect(page).not.toHaveURL(/target=/);
  });
});
