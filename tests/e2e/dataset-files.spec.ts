import { gzipSync } from 'node:zlib';
import { type Zippable, zipSync } from 'fflate';
import { mnistFiles } from '../support/data-files';
import { type ZipPart, zipOf } from '../support/zip';
import { expect, test } from './fixtures';
import { DatasetPage, type GivenFile } from './pages/dataset-page';
import { drawDigit, STROKES } from './support/pictures';

const digits = mnistFiles([1, 7, 4], (i, x, y) => (y > 4 && y < 24 && Math.abs(x - 9 - 4 * i) < 2 ? 255 : 0));
const good: readonly GivenFile[] = [
  { name: 'images', bytes: digits.images },
  { name: 'labels', bytes: digits.labels },
];

const million = new Uint8Array(1e6);
/** Many entries over one block that say nothing of its size. */
const overlaid: readonly ZipPart[] = Array.from({ length: 3000 }, (_, i) => ({
  path: `${i}.png`,
  content: i === 0 ? million : new Uint8Array(),
  size: 0,
  ...(i > 0 && { over: 0 }),
}));

function nested(levels: number): Uint8Array {
  let bytes: Uint8Array = digits.images;
  for (let i = 0; i < levels; i++) bytes = zipSync({ 'a.zip': [bytes, { level: 0 }] });
  return bytes;
}

function bomb(): Uint8Array {
  let bytes = zipSync({ zeros: new Uint8Array(4e6) });
  for (let i = 0; i < 2; i++) {
    const copies: Zippable = {};
    for (let k = 0; k < 16; k++) copies[`${k}.zip`] = bytes;
    bytes = zipSync(copies);
  }
  return bytes;
}

const altered = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

const HOSTILE: readonly (readonly [what: string, file: () => GivenFile, says: RegExp])[] = [
  [
    'an altered byte',
    () => ({ name: 'a.npz', bytes: altered(zipSync({ x: [digits.images, { level: 0 }] }), 60) }),
    /x in a\.npz is damaged/,
  ],
  ['3000 archives in one another', () => ({ name: 'a.zip', bytes: nested(3000) }), /within 3 other archives/],
  ['archives that become ever more', () => ({ name: 'a.zip', bytes: bomb() }), /400 times its size/],
  ['zeros', () => ({ name: 'a.gz', bytes: gzipSync(Buffer.alloc(200e6)) }), /400 times its size/],
  ['entries over one another', () => ({ name: 'a.zip', bytes: zipOf(overlaid) }), /lie over one another/],
];

test('archives that are damaged or made to harm are refused in a sentence, and the next one is read', async ({
  page,
}) => {
  const dataset = new DatasetPage(page);
  await dataset.open();
  for (const [what, file, says] of HOSTILE) {
    await test.step(what, async () => {
      await dataset.give(file());
      await expect(dataset.alert).toHaveText(says);
      await page.getByRole('button', { name: 'Dismiss' }).click();
    });
  }
  await dataset.give(...good);
  await expect(dataset.data).toContainText('3 images');
});

test('reading is cancelled, what was there stays, and other files are read', async ({ page }) => {
  const dataset = new DatasetPage(page);
  await dataset.open();
  await dataset.give(...good);
  await expect(dataset.data).toContainText('3 images');
  const { bytes } = drawDigit(STROKES.seven, 'seven.png', { width: 1200, height: 1200 });
  const many: Zippable = {};
  for (let i = 0; i < 500; i++) many[`7/${i}.png`] = [bytes, { level: 0 }];
  await page.getByText('Other images').click();
  await dataset.give({ name: 'many.zip', bytes: zipSync(many) });
  await expect(page.getByText(/^Reading image \d+ of 500/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel reading' }).click();
  await expect(page.getByText(/^Reading/)).toBeHidden();
  await expect(dataset.data).toContainText('3 images');
  await expect(dataset.alert).toBeEmpty();
  await dataset.give({ name: 'few.zip', bytes: zipSync({ '7/1.png': bytes, '7/2.png': bytes }) });
  await expect(dataset.data).toContainText('2 images');
});

test('files dropped before the model is there wait for it, and nothing is complained of meanwhile', async ({
  page,
}) => {
  const dataset = new DatasetPage(page);
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/models/*/model.json', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/?view=data');
  const radii = page.getByLabel('Radii σ, with commas');
  await expect(radii).toHaveValue('');
  await expect(page.getByText(/^One to five radii/)).toBeHidden();
  const files = good.map(({ name, bytes }) => [name, [...bytes]] as const);
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [name, bytes] of given) data.items.add(new File([Uint8Array.from(bytes)], name));
    return data;
  }, files);
  await radii.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByRole('button', { name: 'Cancel reading' })).toBeVisible();
  letGo();
  await expect(dataset.data).toContainText('3 images');
  await expect(radii).not.toHaveValue('');
  await expect(dataset.alert).toBeEmpty();
  // What is wrong once there is something to be wrong is said.
  await radii.fill('0');
  await expect(page.getByText(/^One to five radii/)).toBeVisible();
});
