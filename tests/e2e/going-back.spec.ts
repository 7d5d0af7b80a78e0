import { expect, test } from './fixtures';
import { type ProbustPage, SMALL } from './pages/probust-page';
import { watchEngineCalls } from './support/engine-calls';

const HEAVY = { radii: 3, stop: 'fixed', samples: 8192 } as const;

/** Everything that is on the page and in its export, times included: computed anew, those would differ. */
async function allNumbers(probust: ProbustPage) {
  await probust.waitForCatchUp();
  return {
    sweep: await probust.readSweep(),
    sentence: await probust.sentence.textContent(),
    estimate: await probust.cursorEstimate.textContent(),
    curve: await probust.line('taylor').getAttribute('d'),
  };
}

type Step = (probust: ProbustPage) => Promise<unknown>;

const target = (label: number): Step => {
  return async (probust) => {
    await probust.openPanel('classes');
    await probust.classBars.nth(label).click();
  };
};
const predictedAgain: Step = ({ page }) =>
  page.getByRole('button', { name: 'Ask for the predicted class again' }).click();

const detours: Record<string, { readonly there: Step; readonly back: Step }> = {
  model: {
    there: ({ model }) => model.selectOption('mnist-linear'),
    back: ({ model }) => model.selectOption('mnist-cnn'),
  },
  picture: {
    there: (probust) => probust.sample('six-tall').click(),
    back: (probust) => probust.sample('eight-quick').click(),
  },
  seed: {
    there: (probust) => probust.setField('Seed', 5),
    back: (probust) => probust.setField('Seed', 1),
  },
  range: {
    there: (probust) => probust.setField('Largest radius', 2),
    back: (probust) => probust.setField('Largest radius', 2.1),
  },
  target: { there: target(3), back: predictedAgain },
};

test('there and back: all is there at once and nothing is computed', async ({ probust, page }) => {
  const calls = await watchEngineCalls(page);
  await probust.openSwept({ ...SMALL, sample: 'eight-quick' });
  const before = await allNumbers(probust);
  let [runs, copies] = [1, 1];
  expect(await calls('run')).toBe(runs);
  expect(await calls('classifyCopies')).toBe(copies);
  for (const [what, { there, back }] of Object.entries(detours)) {
    await test.step(`another ${what} and back`, async () => {
      await there(probust);
      await expect.poll(() => calls('run')).toBe(++runs);
      await probust.waitForSweep();
      await expect(probust.status).toHaveText(/^Done in/);
      expect(await allNumbers(probust)).not.toEqual(before);

      await back(probust);
      await expect(probust.status).toHaveText(/^Computed before, in [\d.]+ m?s on .+\.$/);
      expect(await allNumbers(probust)).toEqual(before);
      expect(await calls('run')).toBe(runs);
      expect(await calls('classifyCopies')).toBe(++copies);
    });
  }
});

test('a radius between those of the sweep is known the second time', async ({ probust, page }) => {
  const calls = await watchEngineCalls(page);
  await probust.openSwept({ ...SMALL, sample: 'eight-quick' });
  await probust.slider.press('ArrowRight');
  await expect(probust.cursorEstimate).toHaveText(/256 noisy copies/);
  const before = await allNumbers(probust);
  await probust.slider.press('ArrowLeft');
  expect((await allNumbers(probust)).estimate).not.toBe(before.estimate);
  await probust.slider.press('ArrowRight');
  await expect(probust.cursorEstimate).toHaveText(before.estimate ?? '');
  // A job of the cursor's own would start once the cursor has rested.
  await page.waitForTimeout(500);
  expect(await allNumbers(probust)).toEqual(before);
  await probust.slider.press('ArrowRight');
  await expect(probust.cursorEstimate).toHaveText(/256 noisy copies/);
  expect(await calls('run')).toBe(3);
  expect(await calls('classifyCopies')).toBe(3);
});

test('what was switched on meanwhile joins what is known', async ({ probust, page }) => {
  const calls = await watchEngineCalls(page);
  await probust.openSwept({ ...SMALL, sample: 'eight-quick' });
  const before = await probust.readSweep();
  await probust.sample('six-tall').click();
  await probust.waitForSweep();
  await probust.switchOn('softmax');
  await expect(probust.line('softmax')).toHaveAttribute('d', /^M/);
  await probust.waitForSweep();
  await expect.poll(() => calls('run')).toBe(3);

  await probust.sample('eight-quick').click();
  await expect(probust.predicted).toHaveText('8');
  await expect.poll(() => calls('run')).toBe(4);
  await probust.waitForSweep();
  const after = await probust.readSweep();
  expect(after.estimates.mc).toEqual(before.estimates.mc);
  expect(after.estimates.taylor).toEqual(before.estimates.taylor);
  expect(after.estimates.softmax).toHaveLength(3);
});

test('a cancelled sweep comes back as cancelled, with what it had found', async ({ probust, page }) => {
  const calls = await watchEngineCalls(page);
  await probust.open({ ...HEAVY, samples: 65_536, sample: 'nine-curved' });
  await expect(probust.points('mc')).toHaveCount(3);
  await probust.cancel();
  const partial = await probust.readSweep();
  await probust.sample('six-tall').click();
  await expect(probust.predicted).toHaveText('6');
  await probust.sample('nine-curved').click();
  await expect(probust.status).toHaveText('Cancelled; what was found stays.');
  expect(await probust.readSweep()).toEqual(partial);
  expect(await calls('run')).toBe(2);
});

test('a sweep that was left goes on from its curve to its end', async ({ probust }) => {
  const sampled = async (): Promise<number[]> => {
    const { estimates } = await probust.readSweep();
    return (estimates.mc ?? []).map(({ evaluations }) => evaluations);
  };
  await probust.open({ ...HEAVY, sample: 'nine-curved' });
  await expect.poll(async () => Math.min(...(await sampled()))).toBeGreaterThan(1500);
  const left = await sampled();
  await probust.sample('six-tall').click();
  await expect(probust.predicted).toHaveText('6');
  await probust.sample('nine-curved').click();
  await expect(probust.predicted).toHaveText('9');
  await expect(probust.points('mc')).toHaveCount(3);
  const back = await sampled();
  for (const [i, count] of left.entries()) expect(back[i]).toBeGreaterThanOrEqual(count);
  await probust.waitForSweep();
  expect(await sampled()).toEqual([8192, 8192, 8192]);
});
