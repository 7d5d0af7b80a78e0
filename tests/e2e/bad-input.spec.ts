import { expect, test } from './fixtures';
import { type ProbustPage, SMALL } from './pages/probust-page';
import { blankPaper, drawDigit, hugePng, type PictureFile, STROKES } from './support/pictures';

const three = drawDigit(STROKES.three, 'three.png');
const text = (content: string): PictureFile => ({
  name: 'notes.png',
  type: 'image/png',
  bytes: Buffer.from(content),
});

const cases: readonly { readonly what: string; readonly file: () => PictureFile; readonly says: RegExp }[] = [
  {
    what: 'a text that calls itself a PNG',
    file: () => text('Dear diary'),
    says: /could not be read as an image/,
  },
  { what: 'an empty file', file: () => text(''), says: /could not be read as an image/ },
  {
    what: 'a PNG that was cut off',
    file: () => ({ ...three, bytes: three.bytes.subarray(0, three.bytes.length / 2) }),
    says: /This PNG picture could not be read as an image: it is damaged or cut off/,
  },
  {
    what: 'a drawing',
    file: () => text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 1h7"/></svg>'),
    says: /in the format SVG, which has no pixels yet; export it as PNG/,
  },
  { what: 'blank paper', file: blankPaper, says: /No digit can be seen in this image/ },
  {
    what: 'a picture above 64 megapixels',
    file: () => hugePng(8100, 8000),
    says: /has 65 megapixels and the limit is 64; make it smaller/,
  },
];

/** What a person has before them of the last good picture. */
async function shown(probust: ProbustPage) {
  await probust.waitForCatchUp();
  return {
    predicted: await probust.predicted.textContent(),
    sentence: await probust.sentence.textContent(),
    curve: await probust.line('taylor').getAttribute('d'),
    points: await probust.points('mc').count(),
    picture: await probust.picture.getAttribute('src'),
    status: await probust.progress.getAttribute('data-status'),
  };
}

test('says what is wrong with a file and keeps the last good picture', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, sample: 'five-round' });
  const before = await shown(probust);
  for (const { what, file, says } of cases) {
    await test.step(what, async () => {
      await probust.drop(file());
      await expect(probust.alert).toHaveText(says);
      expect(await shown(probust)).toEqual(before);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect(probust.alert).toBeEmpty();
      expect(await shown(probust)).toEqual(before);
    });
  }
});

test('a good picture clears the complaint about a bad one', async ({ probust }) => {
  await probust.openSwept({ ...SMALL, sample: 'five-round' });
  await probust.drop(blankPaper());
  await expect(probust.alert).not.toBeEmpty();
  await probust.expectNewPicture(() => probust.drop(three));
  await expect(probust.alert).toBeEmpty();
  await expect(probust.predicted).toHaveText('3');
});
