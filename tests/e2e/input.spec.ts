import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';
import { readNpy } from './support/npy';
import { drawDigit, greyPng, STROKES } from './support/pictures';

const three = drawDigit(STROKES.three, 'three.png');
const seven = drawDigit(STROKES.seven, 'seven.png');

test('a picture is taken whichever way it comes', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, sample: 'zero-round' });
  await test.step('takes a dropped picture', async () => {
    await probust.expectNewPicture(() => probust.drop(three));
    await probust.waitForSweep();
    await expect(probust.predicted).toHaveText('3');
    await expect(probust.sentence).toContainText('stays a 3');
    await expect(probust.picture).toHaveAccessibleName(/your file/);
    await expect(page.getByText('Inverted: the model knows light digits on black.')).toBeVisible();
    await expect(probust.sample('zero-round')).toHaveAttribute('aria-pressed', 'false');
    // A link never carries the picture, nor the sample that was there before: it names one's own by its hash.
    await expect(page).toHaveURL(/[?&]sample=own(:|%3A)[0-9a-f]{12}(&|$)/);

    await probust.expectNewPicture(() => probust.drop(seven));
    await probust.waitForSweep();
    await expect(probust.predicted).toHaveText('7');
  });
  await test.step('takes a pasted picture', async () => {
    await probust.expectNewPicture(() => probust.paste(three));
    await expect(probust.predicted).toHaveText('3');
  });
  await test.step('takes a chosen picture, and the same one again', async () => {
    await probust.expectNewPicture(() => probust.choose(seven));
    await expect(probust.predicted).toHaveText('7');
    await probust.expectNewPicture(() => probust.choose(three));
    await expect(probust.predicted).toHaveText('3');
    await probust.expectNewPicture(() => probust.choose(seven));
    await expect(probust.predicted).toHaveText('7');
  });
  await test.step('takes light ink on a dark ground', async () => {
    const chalk = drawDigit(STROKES.three, 'chalk.png', { ink: 230, paper: 40 });
    await probust.expectNewPicture(() => probust.drop(chalk));
    await expect(probust.predicted).toHaveText('3');
  });
  await test.step('passes a picture of 28 x 28 on unchanged', async () => {
    const grey = (x: number, y: number): number => (37 * x + 11 * y * y) % 256;
    await probust.expectNewPicture(() => probust.drop(greyPng('grey.png', 28, 28, grey)));
    await probust.waitForSweep();
    const npy = readNpy(await probust.readExport('npy'));
    expect(npy.shape).toBe('28, 28, 1');
    const expected = Float32Array.from({ length: 784 }, (_, i) => grey(i % 28, Math.floor(i / 28)) / 255);
    expect([...npy.values]).toEqual([...expected]);
    const { image } = await probust.readSweep();
    expect(image).toEqual({ sha256: npy.sha256, width: 28, height: 28 });
  });
});

test('shows the last of several samples, however slow the one before', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, sample: 'zero-round' });
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/samples/four-open.png', async (route) => {
    await held;
    await route.continue();
  });
  const slow = page.waitForRequest((request) => request.url().includes('four-open') && !isImage(request));
  await probust.sample('four-open').click();
  await slow;
  await probust.expectNewPicture(() => probust.sample('six-tall').click());
  const late = page.waitForResponse((response) => response.url().includes('four-open'));
  release();
  await (await late).finished();
  await probust.waitForSweep();
  await expect(probust.sample('six-tall')).toHaveAttribute('aria-pressed', 'true');
  await expect(probust.predicted).toHaveText('6');
});

const isImage = (request: { resourceType(): string }): boolean => request.resourceType() === 'image';
