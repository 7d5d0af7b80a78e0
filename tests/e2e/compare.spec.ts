import { expect, test } from './fixtures';
import { DrawPad } from './pages/draw-pad';
import { Figure } from './pages/figure';
import { SMALL } from './pages/probust-page';
import { readDrawing } from './support/drawn';
import { watchEngineCalls } from './support/engine-calls';
import { STROKES } from './support/pictures';

const PICTURE = { ...SMALL, sample: 'seven-plain' };

test('one click sets the ordinary model against the robust one, on the same axes', async ({
  probust,
  comparison,
  page,
}) => {
  await probust.openSwept(PICTURE);
  await probust.waitForCatchUp();
  const line = await probust.line('taylor').getAttribute('d');
  await comparison.button.click();
  await expect(comparison.button).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/[?&]compare=model%3Amnist-cnn-noise(&|$)/);
  await expect(probust.points('mc', 'compared')).toHaveCount(3);
  await expect(probust.line('taylor', 'compared')).toHaveAttribute('d', /^M/);
  // The axes stay where they are.
  await probust.waitForCatchUp();
  expect(await probust.line('taylor').getAttribute('d')).toBe(line);

  await expect(comparison.secondSentence).toHaveText(/^Trained on noise: in \d+ of 100\.$/);
  await expect(comparison.sentence).toHaveText(
    /^Trained on noise says 7 more often than Ordinary: at σ = [\d.]+ in [>\s\d.]+\s% of noisy copies against [\d.]+\s%\.$/,
  );
  await probust.waitForCatchUp();
  expect(await comparison.kept('compared')).toBeGreaterThan(await comparison.kept('main'));
  await expect(comparison.reading('compared', 'mc')).toHaveText(/\d/);

  // Both follow the cursor, and both are in the link.
  await probust.slider.press('Home');
  await expect(comparison.copies('compared')).toHaveAccessibleName(/at radius 0\.19;/);
  await expect(comparison.copies('main')).toHaveAccessibleName(/at radius 0\.19;/);
  await expect(page).toHaveURL(/[?&]cursor=0\.19(&|$)/);
  await page.reload();
  await expect(probust.points('mc', 'compared')).toHaveCount(3);

  await comparison.button.click();
  await expect(probust.points('mc', 'compared')).toHaveCount(0);
  await expect(page).not.toHaveURL(/compare=/);
});

test('the numbers beside are those of the model alone, and the switch computes nothing twice', async ({
  probust,
  comparison,
  page,
}) => {
  const calls = await watchEngineCalls(page);
  await probust.openSwept({ ...PICTURE, compare: 'model:mnist-cnn-gradreg' });
  await expect(probust.points('mc', 'compared')).toHaveCount(3);
  await expect(comparison.other).toHaveValue('mnist-cnn-gradreg');
  await probust.waitForCatchUp();
  const beside = await comparison.reading('compared', 'mc').textContent();
  const shown = await comparison.reading('main', 'mc').textContent();
  await expect(probust.progress).toHaveAttribute('data-status', 'done');
  expect(await calls('run')).toBe(2);

  // Chosen in its own place, it changes places with the shown one.
  await comparison.model('Smooth gradients').check();
  await expect(probust.model).toHaveValue('mnist-cnn-gradreg');
  await expect(comparison.other).toHaveValue('mnist-cnn');
  await expect(comparison.reading('main', 'mc')).toHaveText(beside ?? '');
  await expect(comparison.reading('compared', 'mc')).toHaveText(shown ?? '');
  expect(await calls('run')).toBe(2);

  // Against another model, and then alone.
  await comparison.other.selectOption({ label: 'Linear classifier' });
  await expect(page).toHaveURL(/compare=model%3Amnist-linear/);
  await expect(comparison.secondSentence).toHaveText(/^Linear classifier: in \d+ of 100\.$/);
});

test('a pinned picture stays beside the next one', async ({ probust, comparison, page }) => {
  await probust.openSwept({ ...PICTURE, samples: 2048 });
  await comparison.button.click();
  await comparison.pinPicture();
  await expect(page.getByText('This picture is pinned: choose or draw another')).toBeVisible();
  await probust.expectNewPicture(() => probust.sample('four-or-nine').click());
  await expect(page).toHaveURL(/[?&]compare=picture%3Aseven-plain(&|$)/);
  await expect(probust.points('mc', 'compared')).toHaveCount(3);
  await expect(comparison.secondSentence).toHaveText(/^Pinned picture: in \d+ of 100 this stays a 7\.$/);
  await expect(probust.sentence).not.toContainText('stays a 7');
  await expect(comparison.sentence).toHaveText(
    /^(This|Pinned) picture keeps its class more often than (This|Pinned) picture: at σ/,
  );

  await page.reload();
  await expect(probust.points('mc', 'compared')).toHaveCount(3);
  await expect(comparison.secondSentence).toHaveText(/^Pinned picture: in \d+ of 100 this stays a 7\.$/);
});

test('what cannot be compared with is said, and the shown curve stays', async ({
  probust,
  comparison,
  page,
}) => {
  await probust.openSwept({ ...PICTURE, compare: 'model:no-such-model' });
  await expect(probust.alert).toHaveText(/The model “no-such-model” to compare with is not here\./);
  await expect(comparison.button).toHaveAttribute('aria-pressed', 'false');
  await expect(page).not.toHaveURL(/compare=/);
  await probust.openSwept({ ...PICTURE, compare: 'picture:no-such-picture' });
  await expect(probust.alert).toHaveText(/The picture “no-such-picture” to compare with is not here\./);
  await expect(probust.points('mc')).toHaveCount(3);
});

test('both curves are saved, exported and cited', async ({ probust, comparison, page, context }) => {
  await probust.openSwept({ ...PICTURE, compare: 'model:mnist-cnn-noise' });
  await expect(probust.points('mc', 'compared')).toHaveCount(3);
  await test.step('a saved figure says which curves are of which, and what came of it', async () => {
    const { bytes } = await new Figure(page, 'curve').save('svg', 'Light');
    const drawing = await readDrawing(await context.newPage(), bytes);
    const texts = drawing.texts.map(({ text }) => text);
    expect(texts).toContain('Taylor');
    expect(texts.join(' ')).toMatch(
      /Filled points and solid lines: Ordinary\. Hollow points and dashed lines: Trained on noise, Model mnist-cnn-noise \(SHA-256 [0-9a-f]{12}…\)\./,
    );
    expect(texts.join(' ')).toContain('Ordinary and Trained on noise: probability that it is called a 7');
    for (const of of ['Ordinary', 'Trained on noise']) {
      for (const name of ['Taylor', 'Monte Carlo']) expect(texts).toContain(`${of}: ${name}`);
    }
    const sentence = (await comparison.sentence.textContent()) ?? '';
    expect(texts.join(' ').replaceAll(/\s+/g, ' ')).toContain(sentence.replaceAll(/\s+/g, ' '));
    expect(drawing.texts.filter(({ isOver }) => isOver)).toEqual([]);
    expect(bytes.toString('utf8')).toContain('stroke-dasharray');
  });
  await test.step('both curves are exported and cited', async () => {
    await expect(probust.progress).toHaveAttribute('data-status', 'done');
    const [shown, compared] = [await probust.readSweep(), await probust.readSweep('compared')];
    expect(shown.model.id).toBe('mnist-cnn');
    expect(compared.model.id).toBe('mnist-cnn-noise');
    expect(compared).toMatchObject({
      image: shown.image,
      target: shown.target,
      sigmas: shown.sigmas,
      seed: shown.seed,
      stop: shown.stop,
    });
    expect(Object.keys(compared.estimates).sort()).toEqual(Object.keys(shown.estimates).sort());
    for (const { sha256 } of [shown.model, compared.model]) {
      await expect(page.locator('[data-cite="text"]').filter({ hasText: sha256 })).toHaveCount(1);
    }
  });
});

test('a first visit: draw a digit, see the ordinary model beside the robust one, save the figure', async ({
  probust,
  comparison,
  page,
}) => {
  await probust.openSwept();
  const pad = new DrawPad(page);
  await pad.open();
  await probust.expectNewPicture(() => pad.drawWithMouse(STROKES.seven));
  await probust.waitForSweep();
  await expect(probust.predicted).toHaveText('7');
  await comparison.button.click();
  await expect(comparison.sentence).toHaveText(/^Trained on noise says 7 more often than Ordinary: at σ/, {
    timeout: 90_000,
  });
  await expect(probust.progress).toHaveAttribute('data-status', 'done', { timeout: 90_000 });
  const saved = await new Figure(page, 'curve').save('png', 'Light');
  expect(saved.name).toMatch(/^probust-curve-mnist-cnn-[0-9a-f]{8}-light\.png$/);
});
