import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { readPicture } from '../../src/cli/picture';
import { parseCrop } from '../../src/cli/values';
import { prepareImage } from '../../src/image';
import type { ModelCard } from '../../src/workers/models/card';
import { expect, test } from './fixtures';
import { type ProbustPage, SMALL } from './pages/probust-page';
import { violations } from './support/accessibility';
import { runBuilt } from './support/cli';
import { offerColourModel } from './support/colour-model';
import { readNpy } from './support/npy';
import type { PictureFile } from './support/pictures';

type Colour = (x: number, y: number) => readonly [number, number, number];

function picture(name: string, width: number, height: number, colour: Colour): PictureFile & { png: PNG } {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    png.data.set([...colour(i % width, Math.floor(i / width)), 255], 4 * i);
  }
  return { name, type: 'image/png', bytes: PNG.sync.write(png), png };
}

/** A red third, a green one and a blue one, with a slope so that every crop differs. */
const thirds = picture('thirds.png', 300, 200, (x, y) => {
  const slope = Math.floor(y / 4);
  if (x < 100) return [200, slope, slope];
  return x < 200 ? [slope, 200, slope] : [slope, slope, 200];
});

test.beforeEach(async ({ page }) => offerColourModel(page));

test.describe('a photo', () => {
  test('is cropped in the middle, prepared as the library does, and follows the crop', async ({
    probust,
    page,
  }) => {
    await probust.openSwept({ ...SMALL, model: 'colours' });
    await probust.expectNewPicture(() => probust.drop(thirds));
    await probust.waitForSweep();
    await expect(probust.predicted).toHaveText('green');
    const { shape, values } = readNpy(await probust.readExport('npy'));
    expect(shape).toBe('32, 32, 3');
    const { width, height, data } = thirds.png;
    const expected = prepareImage(
      { width, height, data: new Uint8ClampedArray(data) },
      { shape: [32, 32, 3], preparation: 'photo' },
    );
    expect([...values]).toEqual([...expected.data]);

    // Half as large, then to the left edge: red.
    const size = page.getByRole('slider', { name: 'Crop size' });
    await expect(size).toHaveValue('100');
    await size.fill('50');
    const crop = page.getByRole('group', { name: /^Crop: drag it/ });
    await crop.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('Control+ArrowLeft');
    await expect(probust.predicted).toHaveText('red');
    await probust.waitForSweep();
    await expect(size).toHaveAttribute('aria-valuetext', '50 % of the largest that fits');
    // The link carries no crop of a picture that it does not carry.
    expect(page.url()).not.toContain('crop=');
  });

  test('is cropped with the mouse and with keys', async ({ probust, page }) => {
    await probust.openSwept({ ...SMALL, model: 'colours' });
    await probust.expectNewPicture(() => probust.drop(thirds));
    const crop = page.getByRole('group', { name: /^Crop: drag it/ });
    await crop.focus();
    const before = await crop.boundingBox();
    for (let i = 0; i < 12; i++) await page.keyboard.press('-');
    // Every key is worked off once the width rests.
    let smaller = before;
    await expect(async () => {
      const last = smaller;
      smaller = await crop.boundingBox();
      expect(smaller?.width).toBe(last?.width);
      expect(smaller?.width).toBeLessThan(0.6 * (before?.width ?? 0));
    }).toPass({ intervals: [200] });
    await page.keyboard.press('+');
    await expect.poll(async () => (await crop.boundingBox())?.width).toBeGreaterThan(smaller?.width ?? 0);
    const box = await crop.boundingBox();
    if (box === null) throw new Error('no crop on the screen');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 150, y, { steps: 5 });
    // What the model would see is shown before the hand lets go.
    await expect.poll(() => centreColour(page)).toBe('blue');
    await page.mouse.up();
    await expect(probust.predicted).toHaveText('blue');
    await page.getByRole('button', { name: 'Largest' }).click();
    await expect(probust.predicted).toHaveText('green');
  });

  test('of the model’s size passes unchanged, without a crop', async ({ probust, page }) => {
    await probust.openSwept({ ...SMALL, model: 'colours' });
    const colour: Colour = (x, y) => [(7 * x + y) % 256, (x * y) % 256, (255 - 3 * x) % 256];
    await probust.expectNewPicture(() => probust.drop(picture('small.png', 32, 32, colour)));
    await probust.waitForSweep();
    await expect(page.getByRole('slider', { name: 'Crop size' })).toHaveCount(0);
    const { values } = readNpy(await probust.readExport('npy'));
    const expected = Float32Array.from({ length: 3072 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      return (colour(pixel % 32, Math.floor(pixel / 32))[i % 3] as number) / 255;
    });
    expect([...values]).toEqual([...expected]);
  });

  test('stays when the model changes, prepared anew; digits do not', async ({ probust, page }) => {
    await probust.openSwept({ ...SMALL, model: 'colours' });
    await probust.expectNewPicture(() => probust.drop(thirds));
    await expect(probust.predicted).toHaveText('green');
    await expect(page.getByRole('radio', { name: 'Draw' })).toHaveCount(0);
    await probust.model.selectOption('mnist-cnn');
    await probust.waitForSweep();
    await expect(page.getByText('your file, as the model sees it')).toBeVisible();
    expect(readNpy(await probust.readExport('npy')).shape).toBe('28, 28, 1');
    await expect(page.getByRole('slider', { name: 'Crop size' })).toHaveCount(0);
    await probust.model.selectOption('colours');
    await probust.waitForSweep();
    await expect(probust.predicted).toHaveText('green');
  });
});

test('the command line’s --crop gives the page’s picture, bit for bit', async ({ probust, page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'probust-photo-'));
  try {
    await probust.openSwept({ ...SMALL, model: 'colours' });
    await probust.expectNewPicture(() => probust.drop(thirds));
    const before = await readHash(probust);
    await page.getByRole('slider', { name: 'Crop size' }).fill('40');
    await expect.poll(() => readHash(probust)).not.toBe(before);
    const path = join(folder, thirds.name);
    await writeFile(path, thirds.bytes);
    const input: ModelCard['input'] = { shape: [32, 32, 3], range: [0, 1], preparation: 'photo' };
    // From the middle: x = 1/2 - 0.4 (200/300)/2, y = 1/2 - 0.4/2, with four digits.
    const picture = await readPicture(path, input, parseCrop('0.3667,0.3,0.4'));
    expect(await readHash(probust)).toBe(picture.sha256);
    const { code, err } = await runBuilt(['sweep', '--image', path, '--crop', '0,0,2']);
    expect([code, err]).toEqual([2, expect.stringContaining('--crop')]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const readHash = async (probust: ProbustPage): Promise<string> =>
  readNpy(await probust.readExport('npy')).sha256;

test('a link leads back to the crop of a sample', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, model: 'colours', sample: 'airliner' });
  const size = page.getByRole('slider', { name: 'Crop size' });
  await expect(size).toHaveValue('100');
  const whole = await readHash(probust);
  await size.fill('70');
  await expect(page).toHaveURL(/crop=0\.15%2C0\.15%2C0\.7/);
  const part = await readHash(probust);
  expect(part).not.toBe(whole);
  await page.reload();
  await probust.waitForSweep();
  await expect(size).toHaveValue('70');
  expect(await readHash(probust)).toBe(part);
  // Another sample begins whole.
  await probust.sample('deer').click();
  await expect(size).toHaveValue('100');
  await expect(page).not.toHaveURL(/crop=/);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the crop editor is accessible and fits from 1440 to 390 wide in ${theme}`, async ({
    probust,
    page,
  }) => {
    await probust.openSwept({ ...SMALL, model: 'colours', theme });
    for (const width of [1440, 768, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const card = await page.getByRole('region', { name: 'Picture', exact: true }).boundingBox();
      const editor = await page.getByRole('region', { name: /^Part of the picture/ }).boundingBox();
      expect((editor?.x ?? 0) + (editor?.width ?? 1e4)).toBeLessThanOrEqual(
        (card?.x ?? 0) + (card?.width ?? 0),
      );
    }
    expect(await violations(page)).toEqual([]);
  });
}

test('two fingers change the size of the crop', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, model: 'colours', sample: 'deer' });
  const size = page.getByRole('slider', { name: 'Crop size' });
  const box = await page.locator('.crop-frame .ReactCrop').boundingBox();
  if (box === null) throw new Error('no picture on the screen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove', apart: number) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: [
        { x: x - apart, y, id: 1 },
        { x: x + apart, y, id: 2 },
      ],
    });
  await touch('touchStart', 30);
  for (const apart of [35, 40, 50, 60]) await touch('touchMove', apart);
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  // Twice as far apart, half as large.
  await expect.poll(async () => Math.abs(Number(await size.inputValue()) - 50)).toBeLessThanOrEqual(2);
});

/** The strongest channel in the middle of the picture that the model sees. */
async function centreColour(page: Page): Promise<string> {
  return page.getByRole('img', { name: /^The picture as the model sees it/ }).evaluate(async (element) => {
    const image = element as HTMLImageElement;
    await image.decode().catch(() => undefined);
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const [red = 0, green = 0, blue = 0] = context?.getImageData(16, 16, 1, 1).data ?? [];
    return blue > red && blue > green ? 'blue' : green > red ? 'green' : 'red';
  });
}
