import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { type ProbustPage, SMALL } from './pages/probust-page';

/** What the page needs and cannot have: said once, with a way to try again, and nothing waits for ever. */

// The browser itself complains of each request that fails.
test.use({ provokes: true });

const QUERY = { ...SMALL, sample: 'eight-quick' } as const;

const failed = (page: Page) => page.getByTestId('failed');

/** Lets requests fail until the returned function is called. */
async function block(page: Page, pattern: string | RegExp, how: 'abort' | 404): Promise<() => Promise<void>> {
  let isBlocked = true;
  await page.route(pattern, (route) => {
    if (!isBlocked) return route.continue();
    if (how === 'abort') return route.abort();
    return route.fulfill({ status: how, contentType: 'text/plain', body: 'no' });
  });
  return async () => {
    isBlocked = false;
  };
}

async function expectNothingWaits({ page, sentence }: ProbustPage): Promise<void> {
  await expect(sentence).toHaveCount(0);
  for (const waiting of ['Making noisy copies…', 'Waiting for the model…', 'Loading the model…']) {
    await expect(page.getByText(waiting)).toHaveCount(0);
  }
  await expect(page.locator('.gap-sentence')).toHaveCount(0);
  await expect(page.getByTestId('readout')).toHaveCount(0);
}

const LOADS = [
  ['the list of models', '**/models/index.json', 'abort', /models\/index\.json could not be fetched/],
  [
    'the list of samples',
    '**/samples/index.json',
    404,
    /samples\/index\.json could not be fetched \(status 404\)/,
  ],
  ['the card', '**/models/mnist-cnn/card.json', 404, /There is no model “mnist-cnn” here/],
  [
    'the topology',
    '**/models/mnist-cnn/model.json',
    'abort',
    /model\.json of the model could not be fetched/,
  ],
  [
    'the weights',
    '**/models/mnist-cnn/weights.bin',
    'abort',
    /weights\.bin of the model could not be fetched/,
  ],
  [
    'the weights, missing',
    '**/models/mnist-cnn/weights.bin',
    404,
    /weights\.bin of model “mnist-cnn” is missing/,
  ],
  ['the samples’ pictures', '**/samples/*.png', 'abort', /could not be fetched/],
] as const;

test('one failed state for whatever cannot be had, and Retry brings the page', async ({ probust, page }) => {
  test.setTimeout(300_000);
  for (const [what, pattern, how, says] of LOADS) {
    await test.step(what, async () => {
      const pass = await block(page, pattern, how);
      await probust.open(QUERY);
      await expect(failed(page)).toHaveCount(1);
      await expect(failed(page)).toContainText(says);
      await expectNothingWaits(probust);
      await failed(page).getByRole('button', { name: 'Try again' }).click();
      await expect(failed(page)).toContainText(says);
      await pass();
      await failed(page).getByRole('button', { name: 'Try again' }).click();
      await probust.waitForSweep();
      await expect(probust.predicted).toHaveText('8');
      await expect(failed(page)).toHaveCount(0);
      await expect(probust.alert).toBeEmpty();
      await page.unroute(pattern);
    });
  }
});

test('another model that cannot be had: the one before stays, and Retry brings the other', async ({
  probust,
  page,
}) => {
  await probust.openSwept(QUERY);
  const before = await probust.sentence.textContent();
  const pass = await block(page, '**/models/mnist-mlp/*', 'abort');
  await probust.model.selectOption('mnist-mlp');
  await expect(failed(page)).toContainText('could not be fetched');
  await expect(probust.model).toHaveValue('mnist-cnn');
  await expect(probust.sentence).toHaveText(before ?? '');
  await failed(page).getByRole('button', { name: 'Dismiss' }).click();
  await expect(failed(page)).toHaveCount(0);
  await probust.model.selectOption('mnist-mlp');
  await expect(failed(page)).toBeVisible();
  await pass();
  await failed(page).getByRole('button', { name: 'Try again' }).click();
  await expect(probust.model).toHaveValue('mnist-mlp');
  await probust.waitForSweep();
  await expect(failed(page)).toHaveCount(0);
});

for (const [panel, chunk, there] of [
  ['landscape', /assets\/LandscapeView-.*\.js/, 'What the landscape shows'],
  ['help', /assets\/EstimatorTexts-.*\.js/, 'Which one to trust'],
] as const) {
  test(`the code of “${panel}”: said in its place, and Retry brings it`, async ({ probust, page }) => {
    const pass = await block(page, chunk, 'abort');
    await probust.openSwept(QUERY);
    await probust.openPanel(panel);
    const part = probust.panel(panel).locator('.failed-part');
    await expect(part).toContainText('This part of the page could not be loaded.');
    await expect(probust.sentence).toBeVisible();
    await pass();
    await part.getByRole('button', { name: 'Try again' }).click();
    await expect(part).toHaveCount(0);
    await expect(probust.panel(panel)).toContainText(there);
  });
}

test('the code of another view: Retry brings it, and so does going back', async ({ probust, page }) => {
  const pass = await block(page, /assets\/learn-.*\.(js|css)/, 'abort');
  await probust.openSwept(QUERY);
  await page.getByRole('link', { name: 'Learn' }).click();
  const part = page.locator('.failed-part');
  await expect(part).toContainText('could not be loaded');
  await page.goBack();
  await expect(probust.sentence).toBeVisible();
  await page.goForward();
  await expect(part).toBeVisible();
  await pass();
  await part.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.lesson-step h2')).toBeVisible();
});

test('a part that breaks while it is drawn leaves the others alone, and can be tried again', async ({
  probust,
  page,
}) => {
  await page.addInitScript(() => {
    const read = HTMLCanvasElement.prototype.toDataURL;
    HTMLCanvasElement.prototype.toDataURL = function (...options) {
      if (Reflect.get(window, 'breaks') === true) throw new Error('broken on purpose');
      return read.apply(this, options);
    };
  });
  await probust.openSwept(QUERY);
  await page.evaluate(() => Reflect.set(window, 'breaks', true));
  await probust.openPanel('worst');
  const part = page.locator('.failed-part');
  await expect(part).toHaveCount(1);
  await expect(part).toContainText('This part of the page has failed.');
  await probust.slider.press('End');
  await expect(probust.copies).toHaveAccessibleName(/at radius 2\.1;/);
  await page.evaluate(() => Reflect.set(window, 'breaks', false));
  await part.getByRole('button', { name: 'Try again' }).click();
  await expect(part).toHaveCount(0);
  await expect(page.locator('[data-picture="clean"] img')).toBeVisible();
});
