import { expect, test } from './fixtures';
import { DrawPad } from './pages/draw-pad';
import { SMALL } from './pages/probust-page';
import { readNpy } from './support/npy';
import { STROKES } from './support/pictures';

/** A three of two arcs; the upper one alone is no three yet. */
const [upper, lower] = [STROKES.three.slice(0, 6), STROKES.three.slice(5)];

test('every stroke with the mouse sweeps; undo and clear', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, sample: 'zero-round' });
  const pad = new DrawPad(page);
  await pad.open();
  const empty = await pad.content();

  await probust.expectNewPicture(() => pad.drawWithMouse(upper));
  await probust.waitForSweep();
  await expect(probust.picture).toHaveAccessibleName(/your drawing/);
  const first = readNpy(await probust.readExport('npy')).values;

  await probust.expectNewPicture(() => pad.drawWithMouse(lower));
  await probust.waitForSweep();
  await expect(probust.predicted).toHaveText('3');
  await expect(probust.sentence).toContainText('stays a 3');

  await probust.expectNewPicture(() => pad.undo());
  await probust.waitForSweep();
  // Drawn again in one go, the stroke's soft edge differs by a trace.
  const again = readNpy(await probust.readExport('npy')).values;
  expect(Math.max(...again.map((value, i) => Math.abs(value - (first[i] as number))))).toBeLessThan(0.1);

  // Looking at the samples and coming back loses no stroke.
  const drawn = await pad.content();
  await probust.choice('Where the picture comes from', 'Samples').check();
  await expect(pad.canvas).toBeHidden();
  await pad.open();
  expect(await pad.content()).toBe(drawn);

  await pad.clear();
  expect(await pad.content()).toBe(empty);
  // The last picture stays until there is another.
  await expect(probust.picture).toHaveAccessibleName(/your drawing/);
  await expect(probust.alert).toBeEmpty();

  await probust.expectNewPicture(() => pad.drawWithMouse(STROKES.seven));
  await expect(probust.predicted).toHaveText('7');
});

test.describe('on a telephone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('draws with a finger', async ({ probust, page }) => {
    await probust.openSwept({ ...SMALL, sample: 'zero-round' });
    const pad = new DrawPad(page);
    await pad.open();
    await probust.expectNewPicture(() => pad.drawWithFinger(STROKES.three));
    await probust.waitForSweep();
    await expect(probust.predicted).toHaveText('3');
  });
});
