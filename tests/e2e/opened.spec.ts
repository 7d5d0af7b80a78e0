import { expect, test } from './fixtures';
import { OpenedSweepView } from './pages/opened-sweep';
import { type ProbustPage, SMALL } from './pages/probust-page';
import { violations } from './support/accessibility';
import { watchEngineCalls } from './support/engine-calls';

const QUERY = { ...SMALL, sample: 'four-or-nine', estimators: 'taylor.mc', seed: 3 };

const json = (text: string | Buffer, name = 'sweep.json') => ({
  name,
  type: 'application/json',
  bytes: Buffer.from(text),
});
const npy = (bytes: Buffer) => ({ name: 'input.npy', type: 'application/octet-stream', bytes });

/** A sweep as it was saved, with its input. */
async function saved(probust: ProbustPage) {
  await probust.openSwept(QUERY);
  return { sweep: await probust.readExport('json'), input: await probust.readExport('npy') };
}

test('a saved sweep is shown as it was, without computing, and the page comes back as it was left', async ({
  probust,
  page,
}) => {
  const calls = await watchEngineCalls(page);
  const { sweep, input } = await saved(probust);
  const curve = await probust.line('taylor').getAttribute('d');
  await probust.sample('two-round').click();
  await probust.waitForSweep();
  const sentence = await probust.sentence.textContent();
  const asked = async () => [await calls('run'), await calls('classifyCopies'), await calls('loadModel')];
  const before = await asked();
  const opened = new OpenedSweepView(probust);
  await opened.choose([json(sweep)]);
  await expect(opened.from).toHaveText('Read from sweep.json. Nothing here was computed now.');
  await expect(opened.points('mc')).toHaveCount(3);
  await expect(probust.sentence).toBeHidden();
  await expect(opened.picture).toHaveCount(0);
  await expect(opened.root).toContainText('Drop its .npy here');
  const { estimates } = JSON.parse(sweep.toString('utf8'));
  const cells = await opened.table.locator('tbody tr').first().locator('td b').allTextContents();
  expect(cells.map(Number)).toEqual([
    expect.closeTo(estimates.taylor[0].p, 2),
    expect.closeTo(estimates.mc[0].p, 2),
  ]);
  for (const theme of ['Light', 'Dark']) {
    await probust.choice('Theme', theme).check();
    expect(await violations(page), theme).toEqual([]);
  }

  await probust.drop(npy(input));
  await expect(opened.picture).toBeVisible();
  expect(await asked()).toEqual(before);

  await opened.close();
  await expect(probust.sentence).toHaveText(sentence ?? '');
  await probust.sample('four-or-nine').click();
  await probust.waitForSweep();
  expect(await probust.line('taylor').getAttribute('d')).toBe(curve);
});

test('sweep and input may be dropped one after the other; an input of another picture is refused', async ({
  probust,
}) => {
  const { sweep, input } = await saved(probust);
  await probust.drop(npy(input));
  await expect(probust.alert).toHaveText(
    /input\.npy is a model’s input\. Open the sweep that was saved with it first/,
  );
  await probust.drop(json(sweep));
  const opened = new OpenedSweepView(probust);
  await expect(opened.from).toBeVisible();
  const other = Buffer.from(input);
  other.writeFloatLE(0.5, other.length - 4);
  await probust.drop(npy(other));
  await expect(probust.alert).toHaveText(/is not the picture of sweep\.json: their hashes differ/);
  await expect(opened.picture).toHaveCount(0);
  await probust.drop(npy(input));
  await expect(opened.picture).toBeVisible();
  await expect(probust.alert).toBeEmpty();
});

test('what is no sweep is said so, and what was shown stays', async ({ probust }) => {
  const { sweep } = await saved(probust);
  const text = sweep.toString('utf8');
  const opened = new OpenedSweepView(probust);
  await opened.choose([json(text)]);
  await expect(opened.points('mc')).toHaveCount(3);
  const wrong: readonly (readonly [string, RegExp])[] = [
    [text.slice(0, 400), /wrong\.json could not be opened: .*not whole, or not JSON/],
    [text.replace('"p": 0.', '"p": 7.'), /wrong\.json could not be opened: .*estimates\./],
    [text.replace('probust-sweep/1', 'probust-sweep/9'), /wrong\.json could not be opened: .*schema/],
    [JSON.stringify({ ...JSON.parse(text), estimates: {} }), /there is no estimate in it/],
  ];
  for (const [content, sentence] of wrong) {
    await probust.drop(json(content, 'wrong.json'));
    await expect(probust.alert).toHaveText(sentence);
    await expect(opened.from).toHaveText(/Read from sweep\.json/);
    await expect(opened.points('mc')).toHaveCount(3);
  }
  await opened.close();
  await expect(probust.sentence).toBeVisible();
});
