import { lessonStrings } from '../../src/app/pages/lesson/strings';
import { STEPS } from '../../src/app/state/lesson-steps';
import { expect, test } from './fixtures';
import { LessonPage } from './pages/lesson';
import { violations } from './support/accessibility';
import { overflow } from './support/overflow';

const FAST = { radii: 3, stop: 'fixed', samples: 256, backend: 'wasm' } as const;

test('each step has its link, fits a phone, raises no barrier, and its question is answered', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const lesson = new LessonPage(page);
  for (const step of STEPS) {
    await test.step(step, async () => {
      const { title, answers } = lessonStrings.steps[step];
      await page.setViewportSize({ width: 390, height: 844 });
      await lesson.open(step, { ...FAST, theme: 'light' });
      await expect(lesson.heading).toHaveText(title);
      await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
      const wrong = answers.findIndex(({ right }) => !right);
      const right = answers.findIndex((answer) => answer.right);
      const why = page.locator('.question-why');
      await page.locator('.question label').nth(wrong).click();
      await expect(why).toContainText('Not quite.');
      await page.locator('.question label').nth(right).click();
      await expect(why).toContainText('Right.');
      expect(await violations(page), 'narrow, light').toEqual([]);
      await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
      await page.setViewportSize({ width: 1440, height: 900 });
      expect(await violations(page), 'wide, dark').toEqual([]);
      await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
    });
  }
});

test('leads from the explorer through all steps and back, and the browser goes back too', async ({
  probust,
  page,
}) => {
  const lesson = new LessonPage(page);
  await probust.openSwept({ ...FAST });
  await page.getByRole('link', { name: 'Learn' }).click();
  for (const step of STEPS) {
    await expect(lesson.main).toHaveAttribute('data-step', step);
    await expect(page).toHaveURL(/view=learn/);
    if (step !== STEPS[0]) {
      await expect(lesson.heading).toBeFocused();
      await expect(page).toHaveURL(new RegExp(`step=${step}`));
    }
    await lesson.next.click();
  }
  await expect(probust.sentence).toBeVisible();
  await expect(page).not.toHaveURL(/view=learn/);
  await page.goBack();
  await expect(lesson.main).toHaveAttribute('data-step', 'photo');
  await page.goBack();
  await expect(lesson.main).toHaveAttribute('data-step', 'digit');
});

test('worst case and average case part on the island', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('average');
  const shore = await lesson.probability('Monte Carlo');
  await expect(lesson.plane).toHaveAccessibleName(/\d+ of 200 noisy copies keep the class/);
  await lesson.place('Island').click();
  await expect.poll(() => lesson.probability('Monte Carlo')).toBeLessThan(shore - 0.2);
  await expect(page).toHaveURL(/point=0\.76%2C0\.76/);
});

test('the picture moves by arrow keys and by dragging, its ring by dragging', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('taylor', { point: '0.5,0.2', noise: '0.1' });
  await lesson.point.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(lesson.point).toHaveAttribute(
    'aria-valuetext',
    'left pixel 0.51, right pixel 0.30, called class B',
  );
  const box = await page.locator('.handle-dot').boundingBox();
  if (box === null) throw new Error('no handle');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 150, { steps: 4 });
  await page.mouse.up();
  await expect(lesson.point).toHaveAttribute('aria-valuetext', /called class A$/);
  const grip = await page.locator('.handle-grip').boundingBox();
  if (grip === null) throw new Error('no ring');
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(grip.x + 60, grip.y, { steps: 4 });
  await page.mouse.up();
  await expect
    .poll(async () => Number(await page.getByRole('slider', { name: /^Noise radius/ }).inputValue()))
    .toBeGreaterThan(0.15);
});

test('a finger moves the picture', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 844 },
    ...(baseURL && { baseURL }),
  });
  const page = await context.newPage();
  const lesson = new LessonPage(page);
  await lesson.open('taylor', { point: '0.5,0.2' });
  await page.locator('.plane-handle').scrollIntoViewIfNeeded();
  const box = await page.locator('.handle-dot').boundingBox();
  if (box === null) throw new Error('no handle');
  const client = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', dy: number) =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + box.width / 2, y: box.y + box.height / 2 + dy }],
    });
  const scrolled = await page.evaluate(() => window.scrollY);
  await touch('touchStart', 0);
  // Slowly enough for the browser to make up its mind and scroll instead.
  for (let dy = 0; dy >= -80; dy -= 8) {
    await touch('touchMove', dy);
    await page.waitForTimeout(20);
  }
  await touch('touchEnd', 0);
  // All the way: 80 of the 318 pixels that show 1.24 units.
  await expect(lesson.point).toHaveAttribute('aria-valuetext', /right pixel 0\.5/);
  expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);
  await page.locator('.formula [data-symbol="sigma"]').first().tap();
  await expect(lesson.gloss).toContainText('radius of the noise');
  await context.close();
});

test('copies are dropped and counted; the interval shrinks', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('sampling');
  const sentence = page.locator('.tally-sentence');
  await expect(sentence).toHaveText('Nothing dropped yet.');
  await page.getByRole('button', { name: 'Drop 1', exact: true }).click();
  await expect(sentence).toContainText('after 1 copies');
  const width = async (): Promise<number> => {
    const [lo = 0, hi = 0] = ((await sentence.innerText()).match(/0\.\d+(?=–)|(?<=–)\d\.\d+/g) ?? []).map(
      Number,
    );
    return hi - lo;
  };
  await page.getByRole('button', { name: 'Drop 100', exact: true }).click();
  const before = await width();
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Drop 1000' }).click();
  await expect(sentence).toContainText('after 3,101 copies');
  // 31 times the copies: the width falls by about 5.5.
  expect(before / (await width())).toBeGreaterThan(4);
  await lesson.place('Shore').click();
  await expect(sentence).toHaveText('Nothing dropped yet.');
});

test('a guess is drawn by pointer and keyboard, held against sampling, and only then shown', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open('curve');
  await expect(page.locator('[data-part="points"]')).toHaveCount(0);
  await lesson.guesses.first().focus();
  await page.keyboard.press('End');
  await expect(lesson.guesses.first()).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageUp');
  await expect(lesson.guesses.nth(1)).toBeFocused();
  await expect(lesson.guesses.nth(1)).toHaveAttribute('aria-valuenow', '0.6');
  const [from, to] = [await lesson.guesses.nth(3).boundingBox(), await lesson.guesses.nth(9).boundingBox()];
  if (from === null || to === null) throw new Error('no handles');
  await page.mouse.move(from.x + 6, from.y - 60);
  await page.mouse.down();
  await page.mouse.move(to.x + 6, to.y + 60);
  await page.mouse.up();
  // One stroke in two events draws everything between.
  const between = Number(await lesson.guesses.nth(6).getAttribute('aria-valuenow'));
  expect(between).toBeGreaterThan(0.4);
  expect(between).toBeLessThan(0.6);
  await expect(lesson.reveal).toBeEnabled();
  await lesson.reveal.click();
  await expect(lesson.score).toContainText(/On average you were 0\.\d\d off/);
  await expect(page.getByRole('slider', { name: /^Your guess at/, disabled: true })).toHaveCount(10);
  await lesson.place('Island').click();
  await expect(lesson.score).toBeEmpty();

  // It is there again when one comes back.
  await lesson.next.click();
  await expect(lesson.main).toHaveAttribute('data-step', 'taylor');
  await page.goBack();
  await expect(lesson.main).toHaveAttribute('data-step', 'curve');
  await expect(lesson.guesses.first()).toHaveAttribute('aria-valuenow', '1');
  await expect(lesson.guesses.nth(6)).toHaveAttribute('aria-valuenow', String(between));
});

test('Taylor is right on the shore and too sure on the headland', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('taylor');
  await expect(lesson.plane).toHaveAccessibleName(/polygon/);
  await lesson.place('Headland').click();
  await expect
    .poll(async () => (await lesson.probability('Taylor')) - (await lesson.probability('Monte Carlo')))
    .toBeGreaterThan(0.15);
});

test('MMSE jumps with other copies', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('mmse');
  const before = await lesson.probability('MMSE');
  await page.getByRole('button', { name: 'Draw others' }).click();
  await expect.poll(() => lesson.probability('MMSE')).not.toBe(before);
  await page.getByRole('radio', { name: 'mirrored pairs' }).check({ force: true });
  await expect(page.locator('.readouts')).toContainText('MMSE, antithetic');
});

test('the margins are fitted three ways', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('margins');
  const figure = page.getByRole('img', { name: /^The two margins of 300 noisy copies/ });
  await expect(figure).toHaveAccessibleName(/ellipses of Margin fit/);
  await page.getByRole('radio', { name: 'Taylor' }).check({ force: true });
  await expect(figure).toHaveAccessibleName(/ellipses of Taylor .* of which 0\.\d+/);
});

test('the digit and the photo are guessed first and then computed by the engine', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('digit', FAST);
  await expect(page.locator('.engine-says')).toHaveText(/The model says: \d/);
  await expect(lesson.guesses).toHaveCount(3);
  await expect(page.getByTestId('sentence')).toHaveCount(0);
  await expect(lesson.reveal).toBeEnabled({ timeout: 60_000 });
  await lesson.reveal.click();
  await expect(lesson.score).toContainText('On average');
  await expect(page.getByTestId('sentence')).toBeVisible();
  await lesson.next.click();
  await expect(lesson.main).toHaveAttribute('data-step', 'photo');
  await expect(page.locator('.engine-says')).toHaveText(/The model says: [a-z]/, { timeout: 60_000 });
  await expect(lesson.reveal).toBeEnabled({ timeout: 60_000 });
});

test('symbols explain themselves: pointed at, focused, and away by Escape', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('taylor');
  await page.locator('.formula-body [data-symbol="Phi"]').first().hover();
  await expect(lesson.gloss).toContainText('Gaussian integral');
  // Below the line of a fraction.
  await page.locator('.formula-body [data-symbol="sigma"]').hover();
  await expect(lesson.gloss).toContainText('radius of the noise');
  await page.keyboard.press('Escape');
  await expect(lesson.gloss).toHaveCount(0);
  await lesson.symbol('g').focus();
  await expect(lesson.gloss).toContainText('margin against class i');
  await expect(lesson.symbol('g')).toHaveAccessibleName(/margin against class i/);
});

test('nothing moves where less motion is asked for', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lesson = new LessonPage(page);
  await lesson.open('sampling');
  await page.getByRole('button', { name: 'Drop 100', exact: true }).click();
  await expect(page.locator('.tally-sentence')).toContainText('after 100 copies');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test('no engine is started by the steps on the plane', async ({ page, requests }) => {
  const lesson = new LessonPage(page);
  await lesson.open('margins');
  await lesson.probability('Monte Carlo');
  expect(requests.filter((url) => /engine\.worker|models\//.test(url))).toEqual([]);
});
