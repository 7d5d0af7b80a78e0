import { expect, test } from './fixtures';
import { type ProbustPage, SMALL, withoutTimes } from './pages/probust-page';

/** Everything that a link shall bring back. */
async function state(probust: ProbustPage) {
  for (const panel of ['classes', 'settings', 'export'] as const) await probust.openPanel(panel);
  await probust.waitForCatchUp();
  const { page } = probust;
  const checked = page.locator('input:checked:is([type="radio"], [data-estimator])');
  return {
    model: await probust.model.inputValue(),
    sample: await page.locator('[data-sample][aria-pressed="true"]').getAttribute('data-sample'),
    radius: await probust.slider.getAttribute('aria-valuetext'),
    chosen: await checked.evaluateAll((inputs) =>
      inputs.map((input) => input.dataset.estimator ?? (input as HTMLInputElement).value),
    ),
    fields: await page
      .getByRole('spinbutton')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value)),
    theme: await page.locator('html').getAttribute('data-theme'),
    asked: await probust.classBars.evaluateAll((bars) =>
      bars.findIndex((bar) => bar.getAttribute('aria-pressed') === 'true'),
    ),
    sentence: await probust.sentence.textContent(),
    sweep: withoutTimes(await probust.readSweep()),
  };
}

/** The query by name; the order of the estimators has no meaning. */
function parameters(url: string): Record<string, string> {
  const entries = [...new URL(url).searchParams].map(([name, value]) => [
    name,
    value.split('.').sort().join('.'),
  ]);
  return Object.fromEntries(entries);
}

test('a link brings back everything that was set', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL });
  await probust.expectNewPicture(() => probust.sample('three-or-eight').click());
  await probust.model.selectOption('mnist-mlp');
  await expect(probust.model).toHaveValue('mnist-mlp');
  await probust.setField('Smallest radius', 0.2);
  await probust.setField('Largest radius', 0.9);
  await probust.setField('Radii', 5);
  await probust.setField('Seed', 12345);
  await probust.setField('Copies a radius', 512);
  await probust.switchOn('softmax');
  await probust.switchOn('taylor_mvs');
  await probust.choice('Scale', 'logit').check();
  await probust.choice('Theme', 'Dark').check();
  await probust.openPanel('classes');
  await probust.classBars.nth(8).click();
  await expect(probust.classBars.nth(8)).toHaveAttribute('aria-pressed', 'true');
  await probust.slider.press('End');
  await expect(probust.copies).toHaveAccessibleName(/at radius 0\.9;/);
  await probust.waitForSweep();
  const before = await state(probust);
  expect(before.sweep).toMatchObject({
    model: { id: 'mnist-mlp' },
    target: { index: 8 },
    seed: 12345,
    stop: { rule: 'fixed', samples: 512 },
  });
  expect(before.sweep.sigmas).toEqual([0.2, expect.any(Number), expect.any(Number), expect.any(Number), 0.9]);

  await expect(page).toHaveURL(/[?&]cursor=0\.9&open=classes\.settings\.export(&|$)/);
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await probust.waitForSweep();
  await expect(probust.copies).toHaveAccessibleName(/at radius 0\.9;/);
  expect(await state(probust)).toEqual(before);
  expect(parameters(page.url())).toEqual(parameters(link));
});

test('“Copy link” copies the address', async ({ probust, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await probust.openSwept({ ...SMALL, seed: 5 });
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test('an invalid number in the settings is refused and changes nothing', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL });
  await probust.openPanel('settings');
  await expect(page).toHaveURL(/[?&]open=settings&/);
  const address = page.url();
  for (const [label, value] of [
    ['Radii', '2.5'],
    ['Radii', '1000'],
    ['Radii', ''],
    ['Smallest radius', '5'],
    ['Largest radius', '-1'],
    ['Copies a radius', '10'],
  ] as const) {
    await probust.field(label).fill(value);
    await probust.field(label).press('Enter');
    await expect(probust.field(label)).toHaveAttribute('aria-invalid', 'true');
  }
  expect(page.url()).toBe(address);
  expect((await probust.readSweep()).sigmas).toHaveLength(3);
});
