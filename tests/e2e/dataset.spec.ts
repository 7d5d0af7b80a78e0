import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { PORT } from '../../playwright.config';
import { pack } from '../../scripts/data/pack';
import { DATASETS, type Dataset } from '../../src/data';
import { type DatasetRow, fromDatasetCsv } from '../../src/dataset';
import { mnistFiles } from '../support/data-files';
import { npyFile } from '../support/npy-file';
import { expect, test } from './fixtures';
import { DatasetPage } from './pages/dataset-page';
import { runBuilt } from './support/cli';
import { offerColourModel } from './support/colour-model';
import { dataFolder } from './support/data-folder';
import { overflow } from './support/overflow';
import { drawDigit, STROKES } from './support/pictures';
import { expectNoBarrier } from './support/themes';

const [mnist] = DATASETS as [Dataset];
const packed = dataFolder(PORT);
const MODEL = 'mnist-cnn';

/** Bars of different places and slants: what a model calls them does not matter here. */
const LABELS = Array.from({ length: 60 }, (_, i) => [1, 7, 4][i % 3] as number);
const files = mnistFiles(LABELS, (i, x, y) => {
  const at = 8 + (i % 12) + ((i % 5) - 2) * (y / 28);
  return y > 4 && y < 24 && Math.abs(x - at) < 1.5 + (i % 3) / 2 ? 255 - i : 0;
});
const given = [
  { name: 'images', bytes: files.images },
  { name: 'labels', bytes: files.labels },
];

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-dataset-'));
  const images = mnist.parse(given);
  await pack(mnist, 'test', images, packed);
});
test.afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(packed, { recursive: true, force: true });
});

test('the drawn samples run to the end, and every chart and gallery is there', async ({ page }) => {
  const dataset = new DatasetPage(page);
  await dataset.open();
  await dataset.useSet('samples');
  await expect(dataset.data).toContainText('30 images');
  await dataset.choose('Estimator', 'mc');
  await dataset.run.click();
  await dataset.waitUntilDone();
  for (const name of ['distribution', 'by-class', 'scatter', 'confusion']) {
    await expect(page.locator(`[data-figure="${name}"] svg`).first()).toBeVisible();
  }
  await expect(dataset.images).toHaveCount(24);
  await expect(page.getByText(/Were the class of no matter/)).toBeVisible();
  const { rows, header } = await dataset.readRows(MODEL, 'parquet');
  expect(rows).toHaveLength(30);
  for (const { estimates } of rows) {
    const [estimate] = estimates;
    expect(estimate?.counts.reduce((sum, count) => sum + count, 0)).toBe(estimate?.evaluations);
  }
  // A class's images are shown when its row is pressed.
  const three = header.labels.indexOf('3');
  await page.getByRole('button', { name: /^3: / }).press('Enter');
  await expect(dataset.images).toHaveCount(2 * rows.filter(({ label }) => label === three).length);
});

test('a run that is reloaded amid goes on by itself and ends in the rows of an unbroken one', async ({
  page,
}) => {
  const dataset = new DatasetPage(page);
  await dataset.open();
  await dataset.give(...given);
  await expect(dataset.data).toContainText('60 images');
  await dataset.setRadii('0.2, 0.4');
  await dataset.run.click();
  await expect(dataset.status).toContainText(/^Image ([5-9]|[1-4]\d) of 60/);
  // What was found half a second ago is kept.
  await page.waitForTimeout(700);
  await page.reload();
  await dataset.waitUntilDone();
  await expect(page.getByText('Restored from this browser.')).toBeVisible();
  const broken = await dataset.readRows(MODEL);
  expect(broken.rows.map(({ index }) => index)).toEqual(LABELS.map((_, i) => i));
  await dataset.run.click();
  await dataset.waitUntilDone();
  expect(await dataset.readRows(MODEL)).toEqual(broken);
});

test('a run is paused and goes on, and is there after a reload', async ({ page }) => {
  const dataset = new DatasetPage(page);
  await dataset.open();
  await dataset.useSet('mnist-test');
  await dataset.run.click();
  await expect(dataset.images.first()).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(dataset.status).toContainText(/^Paused after \d+ of 60 images/);
  const paused = await dataset.status.textContent();
  // Nothing goes on behind its back.
  await page.waitForTimeout(800);
  await expect(dataset.status).toHaveText(paused ?? '');
  await page.reload();
  await expect(dataset.status).toHaveText(paused ?? '');
  await page.getByRole('button', { name: 'Go on' }).click();
  await dataset.waitUntilDone();
  await page.reload();
  await expect(dataset.status).toHaveText('Done: 60 images.');
});

for (const estimator of ['gaussian_margin', 'mc']) {
  test(`the page’s rows by ${estimator} equal the command line’s`, async ({ page }) => {
    const dataset = new DatasetPage(page);
    await dataset.open();
    await dataset.useSet('mnist-test');
    await page.getByRole('radio', { name: 'of each class' }).check({ force: true });
    await page.getByLabel('How many').fill('4');
    await dataset.choose('Estimator', estimator);
    await dataset.setRadii('0.3');
    await dataset.run.click();
    await dataset.waitUntilDone();
    const fromPage = await dataset.readRows(MODEL);

    const data = join(folder, `data-${estimator}`);
    await mkdir(data);
    await writeFile(join(data, 't10k-images-idx3-ubyte'), files.images);
    await writeFile(join(data, 't10k-labels-idx1-ubyte'), files.labels);
    const out = join(folder, `${estimator}.csv`);
    const command = await page.locator('.dataset-command').textContent();
    const words = (command ?? '').split(' ').slice(2);
    const args = words.map((word) => (word === 'data/downloads' ? data : word === 'rows.csv' ? out : word));
    expect((await runBuilt(args)).code).toBe(0);
    const fromCommand = fromDatasetCsv(await readFile(out, 'utf8'), out);
    expect(fromPage.header).toEqual(fromCommand.header);
    const exact = ({ label, predicted, index, seed, estimates }: DatasetRow) => [
      [index, label, predicted, seed],
      ...estimates.map(({ counts, flags, evaluations, gradients }) => [
        counts,
        flags,
        evaluations,
        gradients,
      ]),
    ];
    expect(fromPage.rows.map(exact)).toEqual(fromCommand.rows.map(exact));
    // Browser and Node have logarithms of their own, which may differ in the last digit.
    for (const [i, { confidence, estimates }] of fromPage.rows.entries()) {
      const other = fromCommand.rows[i] as DatasetRow;
      expect(confidence).toBeCloseTo(other.confidence, 12);
      for (const key of ['p', 'lo', 'hi', 'numericalError', 'samplingError'] as const) {
        const [one, two] = [estimates[0]?.[key], other.estimates[0]?.[key]];
        if (one === null) expect(two).toBeNull();
        else expect(one).toBeCloseTo(two as number, 10);
      }
    }
  });
}

test('two models are compared on the same images and noise', async ({ page }) => {
  const dataset = new DatasetPage(page);
  await dataset.open();
  await dataset.give(...given);
  await dataset.choose('Beside it', 'mnist-cnn-noise');
  await dataset.setRadii('0.5');
  await dataset.run.click();
  await dataset.waitUntilDone();
  await expect(page.getByTestId('dataset-difference')).toContainText('Convolutional network less');
  await expect(page.locator('[data-figure="differences"] [data-part="row"]')).toHaveCount(3);
  const [one, other] = [await dataset.readRows(MODEL), await dataset.readRows('mnist-cnn-noise')];
  expect(one.rows.map(({ seed }) => seed)).toEqual(other.rows.map(({ seed }) => seed));
});

test('an image is probed with the noise of its row, and the run is there on the way back', async ({
  page,
  probust,
}) => {
  const dataset = new DatasetPage(page);
  await dataset.open();
  await dataset.give(...given);
  await dataset.setRadii('0.37');
  await dataset.run.click();
  await dataset.waitUntilDone();
  const { rows } = await dataset.readRows(MODEL);
  const image = dataset.images.first();
  const index = Number(await image.getAttribute('data-image'));
  await image.click();
  await expect(probust.picture).toHaveAccessibleName(new RegExp(`image ${index}$`));
  await probust.waitForSweep();
  const sweep = await probust.readSweep();
  const row = rows[index];
  expect(sweep.seed).toBe(row?.seed);
  const at = sweep.sigmas.indexOf(0.37);
  expect(sweep.estimates.gaussian_margin?.[at]?.p).toBe(row?.estimates[0]?.p);
  await page.getByRole('link', { name: 'Data set' }).click();
  await expect(dataset.status).toHaveText('Done: 60 images.');
  await expect(dataset.images.first()).toBeVisible();
});

test('pictures in folders, zipped, have their classes; what is wrong is said and what was there stays', async ({
  page,
}) => {
  const dataset = new DatasetPage(page);
  await dataset.open();
  const seven = drawDigit(STROKES.seven, 'seven.png').bytes;
  await dataset.give({ name: 'digits.zip', bytes: zipSync({ '7/a.png': seven, '1/b.png': seven }) });
  await expect(dataset.data).toContainText('2 images of 28 × 28');
  await expect(page.getByText('1: 1, 7: 1.')).toBeVisible();
  for (const [file, message] of [
    [{ name: 'labels', bytes: files.labels }, 'labels alone'],
    [{ name: 'cut.zip', bytes: zipSync({ a: seven }).slice(0, 50) }, 'damaged or cut off'],
    [
      { name: 'a.zip', bytes: zipSync({ 'cat/a.png': seven, 'dog/b.png': seven }) },
      'No class is called “cat”, “dog”',
    ],
    [{ name: 'b.zip', bytes: zipSync({ '1/a.png': seven.subarray(0, 60) }) }, '1/a.png'],
    [{ name: 'batch.bin', bytes: new Uint8Array(3073) }, 'The model takes images of [28, 28, 1]'],
  ] as const) {
    await dataset.give(file);
    await expect(dataset.alert).toContainText(message);
    await expect(dataset.data).toContainText('2 images of 28 × 28');
  }
});

test('how pictures were read is said, and labels that seem off by one', async ({ page }) => {
  await offerColourModel(page);
  const dataset = new DatasetPage(page);
  await dataset.open({ model: 'colours' });
  const picture = drawDigit(STROKES.seven, 'seven.png').bytes;
  const bytes = zipSync({
    'green/a': picture,
    'red/b.text': picture,
    'blue/c.tif': Buffer.from('II*\0'),
    'notes.txt': Buffer.from('x'),
  });
  await dataset.give({ name: 'set.zip', bytes });
  await expect(dataset.data).toContainText('2 images of 32 × 32');
  await expect(page.getByTestId('dataset-notes')).toHaveText(
    'The class is the folder’s name, as “green” in green/a. 1 file is left out: 1 TIFF (blue/c.tif).',
  );
  // Red and green pictures in turn.
  const N = 12;
  const pixels = new Uint8Array(N * 3072);
  for (let i = 0; i < N; i++) for (let p = 0; p < 1024; p++) pixels[3072 * i + 3 * p + (i % 2)] = 200;
  const images = { name: 'x.npy', bytes: npyFile('|u1', [N, 32, 32, 3], pixels) };
  const labels = (first: number) =>
    npyFile(
      '|u1',
      [N],
      Uint8Array.from({ length: N }, (_, i) => first + (i % 2)),
    );
  const doubt = page.getByTestId('dataset-doubt');
  await dataset.give(images, { name: 'y.npy', bytes: labels(1) });
  await expect(doubt).toContainText('one too high: of 12 images the model calls 12');
  await dataset.give(images, { name: 'right.npy', bytes: labels(0) });
  await expect(dataset.data).toContainText('right.npy');
  await expect(doubt).toBeHidden();
});

test('nothing runs off the side and no serious barrier stands in light and dark', async ({
  page,
  probust,
}) => {
  const dataset = new DatasetPage(page);
  await dataset.open();
  await expectNoBarrier(probust, 'before a run');
  await dataset.give(...given);
  await dataset.choose('Beside it', 'mnist-cnn-noise');
  await page.getByRole('radio', { name: 'the first' }).check({ force: true });
  await page.getByLabel('How many').fill('12');
  await dataset.choose('Estimator', 'mc');
  await dataset.setRadii('0.5, 0.8');
  await dataset.run.click();
  await dataset.waitUntilDone();
  await expect(page.getByTestId('dataset-difference')).toBeVisible();
  for (const width of [1440, 1024, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => overflow(page), `${width} wide`).toBeLessThanOrEqual(0);
  }
  await expectNoBarrier(probust, 'narrow');
  await page.setViewportSize({ width: 1440, height: 900 });
  await expectNoBarrier(probust, 'wide');
});
