import { expect, test } from './fixtures';
import { OwnModelPage } from './pages/own-model-form';
import { SMALL } from './pages/probust-page';
import '../../src/node/engine';
import { layers, sequential } from '@tensorflow/tfjs';
import { startBackend } from '../../src/workers/tfjs/backend';
import { randomise, type SavedFile, savedFiles } from '../support/own-models';

test.beforeAll(() => startBackend('cpu'));

function good(): Promise<SavedFile[]> {
  const model = sequential({
    layers: [layers.flatten({ inputShape: [28, 28, 1] }), layers.dense({ units: 10, activation: 'softmax' })],
  });
  return savedFiles(randomise(model, 3));
}

/** Has the engine for trials never come to an end once it has a model to look at. */
const ENDLESS = `addEventListener('message', ({ data }) => {
  if (self.name === 'trial' && data.path?.[0] === 'inspectOwnModel') for (;;);
});\n`;

test('a model whose trial does not end is let go, and the next one is probed', async ({ probust, page }) => {
  let isEndless = true;
  await page.route('**/assets/engine.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${isEndless ? ENDLESS : ''}${await response.text()}` });
  });
  const own = new OwnModelPage(page);
  await probust.openSwept({ ...SMALL, estimators: 'taylor.mc' });
  const before = await probust.readSweep();

  await own.dropFolder(await good());
  await expect(probust.alert).toHaveText(/^This model did not come to an end when it was tried/, {
    timeout: 30_000,
  });
  await expect(own.dialog).toBeHidden();
  expect((await probust.readSweep()).estimates).toEqual(before.estimates);

  // Cancel ends a trial at once.
  await own.dropFolder(await good());
  await expect(own.dialog).toBeVisible();
  await own.press('Cancel');
  await expect(own.dialog).toBeHidden();
  const trials = () => page.workers().filter((each) => each.url().includes('engine.worker')).length;
  await expect.poll(trials).toBe(1);

  isEndless = false;
  await own.dropFolder(await good());
  await own.press('Probe it');
  await expect(own.dialog).toBeHidden();
  await probust.waitForSweep();
  await expect.poll(trials).toBe(1);
});
