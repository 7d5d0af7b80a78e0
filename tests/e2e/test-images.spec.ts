import { rm } from 'node:fs/promises';
import { PORT } from '../../playwright.config';
import { pack } from '../../scripts/data/pack';
import { DATASETS, type Dataset, type LabelledImages } from '../../src/data';
import { parseCifar10 } from '../../src/data/cifar';
import { cifarFile, mnistFiles } from '../support/data-files';
import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';
import { offerColourModel } from './support/colour-model';
import { dataFolder } from './support/data-folder';
import { readNpy } from './support/npy';

const [mnist, cifar10] = DATASETS as [Dataset, Dataset];
const folder = dataFolder(PORT);

/** Image i is called i mod 3: red, green or blue to the model of colours, with a gradient that names i. */
const COLOURS = 700;
const things = parseCifar10(
  cifarFile(
    Array.from({ length: COLOURS }, (_, i) => i % 3),
    (i, x, y, c) => (c === i % 3 ? 180 : (i + 3 * x + y) % 120),
  ),
  'test_batch.bin',
);
const digitFiles = mnistFiles([7, 1], (i, x, y) => (x > 10 && x < 16 && y > 4 && y < 24 ? 255 - 9 * i : 0));
const digits: LabelledImages = mnist.parse([
  { name: 'images', bytes: digitFiles.images },
  { name: 'labels', bytes: digitFiles.labels },
]);

const clean = (): Promise<void> => rm(folder, { recursive: true, force: true });
test.afterAll(clean);

test.describe('without unpacked data', () => {
  test.beforeAll(clean);

  test('the page offers samples alone, and says what a link lacks', async ({ probust, page }) => {
    await probust.openSwept({ ...SMALL, sample: 'data:mnist:test:3' });
    await expect(page.getByRole('radio', { name: 'Test images' })).toHaveCount(0);
    await expect(probust.alert).toContainText('“data:mnist:test:3”');
    await expect(probust.alert).toContainText('npm run data');
    await expect(probust.predicted).toHaveText('7');
  });
});

test.describe('with unpacked data', () => {
  test.beforeAll(async () => {
    await pack(cifar10, 'test', things, folder);
    await pack(mnist, 'test', digits, folder);
  });
  test.beforeEach(async ({ page }) => offerColourModel(page));

  test('test images are browsed by class; the true label stands beside the prediction', async ({
    probust,
    page,
  }) => {
    await probust.openSwept({ ...SMALL, model: 'colours' });
    await page.getByRole('radio', { name: 'Test images' }).check();
    const grid = page.getByRole('list', { name: /^Test images/ });
    await expect(grid.getByRole('button')).toHaveCount(40);
    await expect(page.getByText('1–40 of 700')).toBeVisible();
    await test.step('thumbnails show the images’ own pixels', async () => {
      const canvas = page.locator('[data-test-image="7"] canvas');
      const pixel = () =>
        canvas.evaluate((element) => {
          const context = (element as HTMLCanvasElement).getContext('2d');
          return [...(context?.getImageData(5, 9, 1, 1).data ?? [])];
        });
      const at = 7 * 3072 + 3 * (32 * 9 + 5);
      await expect.poll(pixel).toEqual([...things.pixels.subarray(at, at + 3), 255]);
    });
    await page.getByRole('combobox', { name: 'Class' }).selectOption({ label: 'bird (233)' });
    await expect(page.getByText('1–40 of 233')).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText('41–80 of 233')).toBeVisible();
    const image = grid.getByRole('button', { name: 'bird, image 122' });
    await probust.expectNewPicture(() => image.click());
    await expect(image).toHaveAttribute('aria-pressed', 'true');
    await expect(probust.predicted).toHaveText('blue');
    await expect(page.getByTestId('meant')).toHaveText('True label: bird');
    await expect(page.getByText('CIFAR-10 test image 122, as the model sees it')).toBeVisible();
    await expect(page).toHaveURL(/sample=data%3Acifar10%3Atest%3A122/);
    await probust.waitForSweep();
    const { values, sha256 } = readNpy(await probust.readExport('npy'));
    expect([...values]).toEqual(
      [...things.pixels.subarray(122 * 3072, 123 * 3072)].map((byte) => Math.fround(byte / 255)),
    );

    // The link leads back to it.
    await page.reload();
    await probust.waitForSweep();
    await expect(page.getByTestId('meant')).toHaveText('True label: bird');
    expect(readNpy(await probust.readExport('npy')).sha256).toBe(sha256);
  });

  test('the keyboard moves among the images and turns pages', async ({ probust, page }) => {
    await probust.openSwept({ ...SMALL, model: 'colours' });
    await page.getByRole('radio', { name: 'Test images' }).check();
    const grid = page.getByRole('list', { name: /^Test images/ });
    await page.getByRole('combobox', { name: 'Class' }).focus();
    await page.keyboard.press('Tab');
    await expect(grid.getByRole('button').first()).toBeFocused();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowDown', 'ArrowUp'])
      await page.keyboard.press(key);
    await expect(grid.locator('[data-test-image="8"]')).toBeFocused();
    await page.keyboard.press('End');
    await expect(grid.locator('[data-test-image="39"]')).toBeFocused();
    await page.keyboard.press('PageDown');
    await expect(grid.locator('[data-test-image="40"]')).toBeFocused();
    await page.keyboard.press('PageUp');
    await expect(grid.locator('[data-test-image="0"]')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await probust.expectNewPicture(() => page.keyboard.press('Enter'));
    await expect(probust.predicted).toHaveText('green');
    // The Tab key leaves the grid at once.
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Next' })).toBeFocused();
  });

  test('digits go to the digit models, as they are', async ({ probust, page }) => {
    await probust.openSwept({ ...SMALL, model: 'mnist-linear', sample: 'data:mnist:test:1' });
    await expect(page.getByTestId('meant')).toHaveText('True label: 1');
    const { values } = readNpy(await probust.readExport('npy'));
    expect([...values]).toEqual([...digits.pixels.subarray(784)].map((byte) => Math.fround(byte / 255)));
    // No digit model knows it; its own sample takes its place.
    await probust.model.selectOption('colours');
    await probust.waitForSweep();
    await expect(page.getByTestId('meant')).not.toHaveText('True label: 1');
  });

  test('a damaged file is said to be one, and the picture before stays', async ({ probust, page }) => {
    await page.route('**/data/cifar10-test/images-0001.bin', (route) => route.fulfill({ body: 'short' }));
    await probust.openSwept({ ...SMALL, model: 'colours' });
    const picture = await probust.picture.getAttribute('src');
    await probust.open({ ...SMALL, model: 'colours', sample: 'data:cifar10:test:600' });
    await expect(probust.alert).toContainText('images-0001.bin is damaged');
    await expect(probust.picture).toHaveAttribute('src', picture ?? '');
  });
});
