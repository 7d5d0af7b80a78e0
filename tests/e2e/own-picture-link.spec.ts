import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';
import { violations } from './support/accessibility';
import { drawDigit, STROKES } from './support/pictures';

/** A link never holds a person's own picture; it says that there was one, and shows nothing else in its place. */

const QUERY = { ...SMALL, sample: 'eight-quick' } as const;
const OWN = drawDigit(STROKES.three, 'three.png');
const OTHER = drawDigit(STROKES.seven, 'seven.png');

const absent = (page: Page) => page.getByTestId('absent-picture');
const linked = (page: Page) => page.getByTestId('linked');

/** Opens the link of the page as somebody else would. */
async function openAnew(page: Page, change: Record<string, string> = {}): Promise<void> {
  const link = new URL(page.url());
  for (const [name, value] of Object.entries(change)) link.searchParams.set(name, value);
  await page.goto('about:blank');
  await page.goto(link.href);
}

test('whoever opens the link is told, and the picture can be chosen or dropped', async ({
  probust,
  page,
}) => {
  await probust.openSwept(QUERY);
  await probust.drop(OWN);
  await expect(page).toHaveURL(/[?&]sample=own%3A[0-9a-f]{12}(&|$)/);
  await probust.waitForSweep();
  const { image } = await probust.readSweep();
  expect(new URL(page.url()).searchParams.get('sample')).toBe(`own:${image.sha256.slice(0, 12)}`);

  await openAnew(page);
  await expect(absent(page)).toContainText('somebody’s own picture');
  await expect(page.getByTestId('status')).toHaveText(/the picture of this link is not here/);
  await expect(probust.sentence).toHaveCount(0);
  await expect(probust.predicted).toHaveCount(0);
  await expect(page.getByText(/Making noisy copies|Waiting for the model/)).toHaveCount(0);
  // The link stays what it is, for whoever it is given on to.
  await expect(page).toHaveURL(/sample=own%3A/);
  expect(await violations(page)).toEqual([]);

  await probust.drop(OTHER);
  await expect(linked(page)).toContainText('This is not what the link is of');
  await expect(absent(page)).toHaveCount(0);
  await probust.drop(OWN);
  await expect(linked(page)).toHaveText('This is the picture that the link is of.');
  await expect(probust.predicted).toHaveText('3');
  await probust.sample('two-round').click();
  await expect(linked(page)).toHaveCount(0);
});

test('a sample takes its place only if that is asked for', async ({ probust, page }) => {
  await probust.open({ ...SMALL, sample: 'own:0123456789ab' });
  await absent(page).getByRole('button', { name: 'Show a sample instead' }).click();
  await probust.waitForSweep();
  await expect(absent(page)).toHaveCount(0);
  await expect(linked(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/own%3A/);
});

for (const embed of ['curve', 'noise'] as const) {
  test(`embedded ${embed}: the figure of an own picture says that it is not here`, async ({ page }) => {
    const query = new URLSearchParams({ embed, sample: 'own:0123456789ab', model: 'mnist-cnn' });
    await page.goto(`/?${query}`);
    await expect(absent(page)).toContainText('somebody’s own picture');
    await expect(page.getByTestId('sentence')).toHaveCount(0);
    const chooser = page.waitForEvent('filechooser');
    await absent(page).getByRole('button', { name: 'Choose a picture…' }).click();
    const { name, type, bytes } = OWN;
    await (await chooser).setFiles({ name, mimeType: type, buffer: bytes });
    await expect(absent(page)).toHaveCount(0);
    if (embed === 'noise') await expect(page.getByTestId('sentence')).toContainText('this stays a 3');
    else await expect(page.locator('[data-progress]')).toHaveAttribute('data-status', 'done');
  });
}

test('a pinned own picture is asked for as well', async ({ probust, comparison, page }) => {
  await probust.openSwept(QUERY);
  await probust.drop(OWN);
  await probust.waitForSweep();
  await comparison.button.click();
  await comparison.pinPicture();
  await probust.sample('eight-quick').click();
  // The address follows the page after a short delay.
  await expect(page).toHaveURL(/[?&]sample=eight-quick(&|$)/);
  await expect(page).toHaveURL(/[?&]compare=picture%3Aown%3A[0-9a-f]{12}(&|$)/);
  await expect(comparison.secondSentence).toContainText('this stays a 3');

  await openAnew(page);
  await probust.waitForSweep();
  const note = page.getByTestId('absent-pinned');
  await expect(note).toContainText('The picture that this is compared with is somebody’s own');
  await expect(comparison.secondSentence).toHaveCount(0);
  const chooser = page.waitForEvent('filechooser');
  await note.getByRole('button', { name: 'Choose it…' }).click();
  await (await chooser).setFiles({ name: OWN.name, mimeType: OWN.type, buffer: OWN.bytes });
  await expect(comparison.secondSentence).toContainText('this stays a 3');
  await expect(note).toHaveCount(0);
});

test('a comparison with somebody’s own model says that it is not here', async ({ probust }) => {
  await probust.openSwept({ ...QUERY, compare: `model:sha256:${'ab'.repeat(32)}` });
  await expect(probust.alert).toContainText('a model of somebody’s own, which this browser does not keep');
});
