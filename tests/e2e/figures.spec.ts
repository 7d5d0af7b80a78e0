import { expect, test } from './fixtures';
import { Figure } from './pages/figure';
import { SMALL } from './pages/probust-page';
import { contrast, Drawn, readDrawing, renderAlone } from './support/drawn';

const QUERY = { ...SMALL, radii: 4, sample: 'four-or-nine', estimators: 'taylor.softmax.mc', seed: 3 };
const GROUND = { Light: '#ffffff', Dark: '#1b1f26' } as const;
const FIGURES = ['curve', 'classes', 'noise', 'convergence'] as const;

test('what is saved stands alone', async ({ probust, page, context }) => {
  test.setTimeout(300_000);
  await probust.openSwept(QUERY);
  await probust.openPanel('classes');
  await probust.openPanel('convergence');
  await expect(probust.classMarks('taylor')).toHaveCount(10);
  const sweep = await probust.readSweep();
  const elsewhere = await context.newPage();
  for (const name of FIGURES) {
    const title = `${name}: the saved SVG stands alone in either theme, the PNG is the same at twice the size`;
    await test.step(title, async () => {
      const figure = new Figure(page, name);
      for (const theme of ['Light', 'Dark'] as const) {
        const { name: fileName, bytes } = await figure.save('svg', theme);
        expect(fileName).toBe(
          `probust-${name}-mnist-cnn-${sweep.image.sha256.slice(0, 8)}-${theme.toLowerCase()}.svg`,
        );
        const rendered = await renderAlone(elsewhere, bytes);
        expect(rendered.edge(), `${theme}: nothing is cut off`).toEqual([GROUND[theme]]);
        expect(rendered.colours()).toBeGreaterThan(10);

        const drawing = await readDrawing(elsewhere, bytes);
        expect(drawing.viewBox).toBe(`0 0 ${rendered.size.join(' ')}`);
        expect(drawing.fontFamily).toMatch(/sans-serif$/);
        expect(drawing.needs).toEqual([]);
        expect(drawing.description).toContain('sample=four-or-nine');
        const caption = drawing.texts.map(({ text }) => text).join(' ');
        for (const part of [
          `Model mnist-cnn (SHA-256 ${sweep.model.sha256.slice(0, 12)}…)`,
          'seed\u00a03',
          'σ\u00a0=\u00a00',
          `Probust\u00a0${sweep.app}`,
          drawing.title,
        ]) {
          expect(caption).toContain(part);
        }
        expect(drawing.texts.filter(({ isOver }) => isOver)).toEqual([]);
        if (name === 'noise') continue;
        const faint = drawing.texts.filter(({ fill }) => contrast(fill, GROUND[theme]) < 4.5);
        expect(faint, `${theme}: text is readable`).toEqual([]);
      }
      const svg = await renderAlone(elsewhere, (await figure.save('svg', 'Dark')).bytes);
      const png = new Drawn((await figure.save('png', 'Dark')).bytes);
      expect(png.size).toEqual(svg.size.map((length) => 2 * length));
      expect(png.edge()).toEqual([GROUND.Dark]);
      expect(png.colours()).toBeGreaterThan(10);
    });
  }
  await test.step('the curve in a file has every shown estimator by name, and its points', async () => {
    const { bytes } = await new Figure(page, 'curve').save('svg', 'Light');
    const drawing = await readDrawing(elsewhere, bytes);
    const texts = drawing.texts.map(({ text }) => text);
    for (const name of ['Taylor', 'Softmax', 'Monte Carlo']) expect(texts).toContain(name);
    // Four points of sampling, a mark of each estimator at the cursor, and one in the key.
    expect(bytes.toString('utf8').match(/<circle/g)).toHaveLength(4 + 3 + 1);
  });
});

test('saving changes nothing on the page, whatever its theme', async ({ probust, page }) => {
  await probust.openSwept({ ...QUERY, theme: 'dark' });
  await probust.waitForDistances();
  const look = () => probust.chart.screenshot();
  const before = await look();
  await new Figure(page, 'curve').save('svg', 'Light');
  expect((await look()).equals(before)).toBe(true);
});

test('“Cite this” names version, seed, model and picture, and copies', async ({ probust, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await probust.openSwept(QUERY);
  const { model, image, app } = await probust.readSweep();
  const entry = probust.panel('export').locator('[data-cite="bibtex"]');
  await entry.getByRole('button', { name: 'Copy' }).click();
  await expect(entry.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [model.sha256, image.sha256, `Probust ${app}`, 'seed 3', 'sample=four-or-nine']) {
    expect(copied).toContain(part);
  }
  const [, link] = /url = \{(.*)\}/.exec(copied) ?? [];
  await page.goto(link as string);
  await probust.waitForSweep();
  expect(await probust.readSweep()).toMatchObject({ model, image, seed: 3 });
});

test('from sample to export by keyboard alone', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, sample: 'two-round' });
  const tabTo = async (selector: string) => {
    for (let i = 0; i < 150; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    }
    throw new Error(`No Tab leads to ${selector}`);
  };
  await tabTo('[data-sample="nine-straight"]');
  await probust.expectNewPicture(() => page.keyboard.press('Enter'));
  await probust.waitForSweep();
  await tabTo('[data-figure="curve"] [popovertarget]');
  await page.keyboard.press('Enter');
  const figure = page.waitForEvent('download');
  await tabTo('[data-save="svg"]');
  await page.keyboard.press('Enter');
  expect((await figure).suggestedFilename()).toMatch(/^probust-curve-.*-light\.svg$/);
  await tabTo('[data-panel="export"] summary');
  await page.keyboard.press('Enter');
  await tabTo('[data-export="json"]');
  const sweep = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await sweep).suggestedFilename()).toMatch(/\.json$/);
});
