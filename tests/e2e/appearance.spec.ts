import { expect, test } from './fixtures';
import { type PanelName, type ProbustPage, SMALL } from './pages/probust-page';
import { overflow } from './support/overflow';
import { expectNoBarrier, inBothThemes } from './support/themes';

const PANELS: readonly PanelName[] = [
  'worst',
  'classes',
  'landscape',
  'convergence',
  'table',
  'settings',
  'export',
  'help',
];
const WIDTHS = [1440, 1024, 768, 390];
const EVERYTHING = { ...SMALL, estimators: 'taylor.taylor_mvs.softmax.mc', sigmaMin: 0.2 };

async function openAll(probust: ProbustPage): Promise<void> {
  for (const panel of PANELS) await probust.openPanel(panel);
}

test('nothing runs off the side, and no serious barrier stands, in light and dark', async ({
  probust,
  page,
}) => {
  test.setTimeout(300_000);
  await probust.openSwept(EVERYTHING);
  await expectNoBarrier(probust, 'folded');
  await openAll(probust);
  await expectNoBarrier(probust, 'unfolded');
  await inBothThemes(probust, async (theme) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const mode of ['Samples', 'Draw', 'Your file']) {
        await probust.choice('Where the picture comes from', mode).check();
        await expect.poll(() => overflow(page), `${width} wide, ${mode}, ${theme}`).toBeLessThanOrEqual(0);
      }
    }
  });
  await probust.choice('Where the picture comes from', 'Draw').check();
  await page.setViewportSize({ width: 390, height: 900 });
  await expectNoBarrier(probust, 'drawing, narrow');
  await probust.drop({ name: 'bad.png', type: 'image/png', bytes: Buffer.from('bad') });
  await expect(probust.alert).not.toBeEmpty();
  await probust.setField('Radii', 1000);
  await expect(page.getByText('Between 2 and 40.')).toBeVisible();
  await expectNoBarrier(probust, 'with complaints');
});

test('two curves fit and raise no serious barrier in light and dark', async ({ probust, page }) => {
  test.setTimeout(300_000);
  await probust.openSwept({ ...EVERYTHING, compare: 'model:mnist-cnn-noise', sample: 'seven-plain' });
  await expect(probust.points('mc', 'compared')).toHaveCount(3);
  await openAll(probust);
  await page.getByLabel('Show the difference').check();
  await inBothThemes(probust, async (theme) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => overflow(page), `${width} wide, ${theme}`).toBeLessThanOrEqual(0);
    }
  });
  await expectNoBarrier(probust, 'narrow');
  await page.setViewportSize({ width: 1440, height: 900 });
  await expectNoBarrier(probust, 'wide');
});

test('follows the theme of the system until told otherwise', async ({ probust, page }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  await probust.openSwept(SMALL);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await ground();
  expect(light).not.toBe(dark);
  await probust.choice('Theme', 'Dark').check();
  expect(await ground()).toBe(dark);
  await expect(page).toHaveURL(/[?&]theme=dark(&|$)/);
});

/** A short name of what has the focus. */
const focused = (): string => {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return 'page';
  const { dataset } = element;
  const panel = element.closest<HTMLElement>('[data-panel]')?.dataset.panel;
  if (element.tagName === 'SUMMARY') return panel === undefined ? 'summary' : `panel ${panel}`;
  if (dataset.sample !== undefined) return 'sample';
  if (dataset.estimator !== undefined) return `estimator ${dataset.estimator}`;
  if (dataset.export !== undefined) return `export ${dataset.export}`;
  if (element instanceof HTMLInputElement)
    return panel === undefined ? element.type : `${panel} ${element.type}`;
  return panel === undefined ? element.tagName.toLowerCase() : `${panel} ${element.tagName.toLowerCase()}`;
};

test('everything is reached by keyboard, in the order of the page', async ({ probust, page }) => {
  await probust.openSwept(EVERYTHING);
  await openAll(probust);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.locator('h1').click();
  const seen: string[] = [];
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(focused);
    if (name === 'page') break;
    if (seen.at(-1) !== name) seen.push(name);
  }
  expect(seen).toEqual([
    'a',
    'button',
    'radio',
    'sample',
    'select',
    'button',
    'range',
    'button',
    'panel worst',
    'worst checkbox',
    'radio',
    'button',
    'estimator taylor',
    'estimator mc',
    'summary',
    'estimator taylor_mvs',
    'estimator softmax',
    'estimator gaussian_margin',
    'estimator mmse',
    'estimator mmse_mvs',
    'estimator mmse_pairs',
    'estimator importance',
    'panel classes',
    'classes button',
    'panel convergence',
    'convergence button',
    'panel landscape',
    'landscape radio',
    'landscape button',
    'landscape range',
    'panel landscape',
    'panel table',
    'table section',
    'panel settings',
    'settings number',
    'settings button',
    'settings radio',
    'settings number',
    'panel export',
    'export json',
    'export csv',
    'export npy',
    'export button',
    'panel export',
    'panel help',
  ]);
});

test('samples, panels and switches answer to the keyboard', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, sample: 'two-round' });
  await probust.expectNewPicture(() => probust.sample('nine-straight').press('Enter'));
  await expect(probust.predicted).toHaveText('9');
  await probust.panel('table').locator('summary').press('Enter');
  await expect(probust.table).toBeVisible();
  await page.locator('.switches summary').press('Enter');
  await probust.estimator('softmax').press('Space');
  await expect(probust.line('softmax')).toHaveAttribute('d', /^M/);
  await probust.choice('Scale', 'linear').press('ArrowRight');
  await expect(probust.choice('Scale', 'logit')).toBeChecked();
  // What has the focus shows it.
  await probust.sample('nine-straight').focus();
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
  expect(outline).not.toBe('none');
});
