import '../../src/node/engine';
import { layers, sequential } from '@tensorflow/tfjs';
import { startBackend } from '../../src/workers/tfjs/backend';
import {
  convolution,
  graphFiles,
  matMul,
  normals,
  pooling,
  randomise,
  type SavedFile,
  savedFiles,
  squeeze,
} from '../support/own-models';
import { expect, test } from './fixtures';
import { OwnModelPage } from './pages/own-model-form';
import { SMALL } from './pages/probust-page';

test.beforeAll(() => startBackend('cpu'));

function small(): Promise<SavedFile[]> {
  const model = sequential({
    layers: [layers.flatten({ inputShape: [28, 28, 1] }), layers.dense({ units: 10, activation: 'softmax' })],
  });
  return savedFiles(randomise(model, 3));
}

/** An op in it has no gradient. */
function withoutGradients(): Promise<SavedFile[]> {
  return graphFiles({
    shape: [-1, 24, 24, 3],
    weights: [
      { name: 'kernel', shape: [3, 3, 3, 16], values: normals(1, 432, 0.3) },
      { name: 'dense', shape: [4, 5], values: normals(2, 20, 3) },
    ],
    layers: [
      convolution('wide', 'x', 'kernel'),
      {
        name: 'shuffled',
        op: 'DepthToSpace',
        input: ['wide'],
        attr: { block_size: { i: '2' }, data_format: { s: Buffer.from('NHWC').toString('base64') } },
      },
      pooling('pool', 'shuffled', 48, 48),
      squeeze('flat', 'pool'),
      matMul('logits', 'flat', 'dense'),
    ],
    output: 'logits',
    outputShape: [-1, 5],
  });
}

test('without gradients, what needs none still runs', async ({ probust, page }) => {
  const own = new OwnModelPage(page);
  await probust.openSwept({ ...SMALL, estimators: 'taylor.gaussian_margin.mc' });
  await own.dropFolder(await withoutGradients());
  await own.press('Probe it');
  await expect(own.dialog).toBeHidden();
  await probust.waitForSweep();
  await expect(
    page.getByText(/that need gradients are off for this model, because .*“DepthToSpace”/),
  ).toBeVisible();
  for (const id of ['taylor', 'mmse', 'importance']) await expect(probust.estimator(id)).toBeDisabled();
  for (const id of ['gaussian_margin', 'mc', 'softmax']) await expect(probust.estimator(id)).toBeEnabled();
  await expect(probust.distance('adversary')).toContainText('needs gradients');
  await expect(probust.distance('certified')).not.toContainText('…');
  const { estimates } = await probust.readSweep();
  expect(Object.keys(estimates)).toEqual(['gaussian_margin', 'mc']);
  expect(estimates.mc).toHaveLength(3);
  await expect(probust.alert).toBeEmpty();

  // The switches are as they were once another model has gradients.
  await probust.model.selectOption('mnist-linear');
  await probust.waitForSweep();
  await expect(probust.line('taylor')).toBeVisible();
});

test('a wrong answer is said in the form, and Cancel leaves everything as it was', async ({
  probust,
  page,
}) => {
  const own = new OwnModelPage(page);
  await probust.openSwept({ ...SMALL, sample: 'six-tall' });
  await own.choose(await small());
  await own.labels().fill('only\ntwo');
  await own.press('Probe it');
  await expect(own.problem).toHaveText(/10 classes and 2 labels were given/);
  await own.field('Value range the model was trained with').selectOption('other');
  await own.field('White').fill('bright');
  await own.press('Probe it');
  await expect(own.problem).toHaveText(/give a number/);
  await own.press('Cancel');
  await expect(own.dialog).toBeHidden();
  await expect(probust.model).toHaveValue('mnist-cnn');
  await expect(probust.predicted).toHaveText('6');
  await page.reload();
  await probust.waitForSweep();
  await expect(probust.model.locator('option', { hasText: 'My model' })).toHaveCount(0);
});

test('labels come from a file, and the export says how pixels became the input', async ({
  probust,
  page,
}) => {
  const own = new OwnModelPage(page);
  await probust.openSwept(SMALL);
  await own.choose(await small());
  const names = ['nil', 'one', 'two', 'tri', 'for', 'fiv', 'six', 'sev', 'oct', 'nin'];
  const file = { name: 'names.txt', mimeType: 'text/plain', buffer: Buffer.from(`${names.join('\n')}\n`) };
  await page.getByTestId('labels-file').setInputFiles(file);
  await expect(own.labels()).toHaveValue(names.join('\n'));
  await own.field('Normalisation after that').selectOption('mnist');
  await own.press('Probe it');
  await expect(own.dialog).toBeHidden();
  await probust.waitForSweep();
  const { model, target } = await probust.readSweep();
  expect(names).toContain(target.label);
  expect(model).toMatchObject({ normalisation: { range: [0, 1], mean: [0.1307], std: [0.3081] } });
  expect((await probust.readExport('csv')).toString('utf8')).toContain('modelNormalisation');
});

test('what was kept and altered since is refused', async ({ probust, page }) => {
  const own = new OwnModelPage(page);
  await probust.openSwept(SMALL);
  await own.choose(await small());
  await own.press('Probe it');
  await expect(own.dialog).toBeHidden();
  await probust.waitForSweep();
  await expect(page).toHaveURL(/model=sha256/);
  await page.evaluate(async () => {
    const opened = indexedDB.open('probust-own-model-files');
    await new Promise((resolve) => opened.addEventListener('success', resolve));
    const store = opened.result.transaction('files', 'readwrite').objectStore('files');
    const read = store.getAll();
    const keys = store.getAllKeys();
    await new Promise((resolve) => keys.addEventListener('success', resolve));
    const [[json, shard]] = read.result;
    // One byte of the weights, through a Blob of the same size.
    const altered = new Blob([shard.data.slice(0, 10), new Uint8Array([1]), shard.data.slice(11)]);
    const written = store.put([json, { ...shard, data: altered }], keys.result[0]);
    await new Promise((resolve) => written.addEventListener('success', resolve));
    opened.result.close();
  });
  await page.reload();
  await expect(probust.alert).toHaveText(/is no longer what was dropped; remove it and drop its files again/);
  await probust.waitForSweep();
  await expect(probust.model).toHaveValue('mnist-cnn');
});
