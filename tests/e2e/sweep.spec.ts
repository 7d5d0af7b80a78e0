import { expect, test } from './fixtures';
import { type ProbustPage, SMALL, withoutTimes } from './pages/probust-page';

/** Seconds of work, so that there is time to step in. */
const HEAVY = { radii: 3, stop: 'fixed', samples: 8192 } as const;

test('stops where it is told to, keeps what it found, and runs again', async ({ probust, page }) => {
  await probust.open({ ...HEAVY, sample: 'nine-curved' });
  await expect(probust.points('mc')).toHaveCount(3);
  await probust.cancel();
  await expect(probust.status).toHaveText('Cancelled; what was found stays.');
  const partial = await probust.readSweep();
  await expect(probust.points('mc')).toHaveCount(3);
  expect(partial.estimates.mc?.some(({ flags }) => flags.includes('provisional'))).toBe(true);
  expect(partial.estimates.taylor).toHaveLength(3);
  // Nothing trickles in after the stop: the cursor's copies come from the same worker, later.
  await probust.slider.press('ArrowRight');
  await expect(probust.cursorEstimate).toBeVisible();
  expect(withoutTimes(await probust.readSweep())).toEqual(withoutTimes(partial));

  await page.getByRole('button', { name: 'Run again' }).click();
  await probust.waitForRunning();
  await probust.waitForSweep();
  const whole = await probust.readSweep();
  expect(whole.estimates.mc?.map(({ evaluations }) => evaluations)).toEqual([8192, 8192, 8192]);
  expect(whole.estimates.mc?.map(({ interval }) => interval)).toEqual(new Array(3).fill('clopper-pearson'));
});

test('a heavy sweep can be left for good', async ({ probust }) => {
  await probust.open({ stop: 'fixed', samples: 200_000 });
  await expect(probust.points('mc')).toHaveCount(12);
  await probust.cancel();
  await expect(probust.progress).toHaveAttribute('data-status', 'cancelled');
  await probust.setField('Copies a radius', 256);
  await probust.waitForSweep();
  const { estimates } = await probust.readSweep();
  expect(estimates.mc?.every(({ evaluations }) => evaluations === 256)).toBe(true);
});

async function numbersAndSentence(probust: ProbustPage) {
  await probust.waitForCatchUp();
  return {
    sweep: withoutTimes(await probust.readSweep()),
    sentence: await probust.sentence.textContent(),
    estimate: await probust.cursorEstimate.textContent(),
    classes: await probust.predicted.textContent(),
  };
}

test('nothing of a sweep that was left reaches the next picture', async ({ probust, page }) => {
  await probust.open({ ...HEAVY, sample: 'zero-round' });
  await expect(probust.points('mc')).toHaveCount(3);
  for (const id of ['one-plain', 'seven-or-two', 'four-open']) {
    await probust.expectNewPicture(() => probust.sample(id).click());
  }
  await probust.waitForSweep();
  const switched = await numbersAndSentence(probust);

  await page.goto(page.url());
  await probust.waitForSweep();
  expect(await numbersAndSentence(probust)).toEqual(switched);
  await expect(probust.predicted).toHaveText('4');
});

test('the same link gives the same numbers, another seed gives others', async ({ probust }) => {
  const query = {
    radii: 4,
    halfWidth: 0.05,
    sample: 'five-or-six',
    estimators: 'mc.taylor.softmax',
    seed: 7,
  };
  await probust.openSwept(query);
  const first = await numbersAndSentence(probust);
  await probust.openSwept(query);
  expect(await numbersAndSentence(probust)).toEqual(first);
  await probust.openSwept({ ...query, seed: 8 });
  const { sweep } = await numbersAndSentence(probust);
  expect(sweep.estimates.mc).not.toEqual(first.sweep.estimates.mc);
  expect(sweep.estimates.softmax).toEqual(first.sweep.estimates.softmax);
});

test('an estimator that is switched on joins what is there', async ({ probust }) => {
  await probust.openSwept({ ...SMALL, sample: 'three-or-eight' });
  const before = await probust.readSweep();
  await probust.switchOn('softmax');
  await expect(probust.line('softmax')).toHaveAttribute('d', /^M.*C/);
  await probust.waitForSweep();
  const after = await probust.readSweep();
  // To the millisecond: nothing was computed anew.
  expect(after.estimates.mc).toEqual(before.estimates.mc);
  expect(after.estimates.taylor).toEqual(before.estimates.taylor);
  expect(after.estimates.softmax).toHaveLength(3);

  await probust.estimator('mc').uncheck();
  await expect(probust.points('mc')).toHaveCount(0);
  await probust.estimator('mc').check();
  await expect(probust.points('mc')).toHaveCount(3);
  expect((await probust.readSweep()).estimates.mc).toEqual(before.estimates.mc);
});

test('the last estimator cannot be switched off', async ({ probust }) => {
  await probust.openSwept({ ...SMALL, estimators: 'taylor' });
  await expect(probust.estimator('taylor')).toBeChecked();
  await expect(probust.estimator('taylor')).toBeDisabled();
  await expect(probust.estimator('mc')).toBeEnabled();
  await expect(probust.line('taylor')).toHaveAttribute('d', /^M/);
});

test('every estimator of the registry has its numbers on the page and in the export', async ({ probust }) => {
  const ids = ['gaussian_margin', 'mmse', 'mmse_mvs', 'mmse_pairs', 'mc', 'importance'];
  await probust.openSwept({ ...SMALL, estimators: ids.join('.'), sample: 'four-or-nine' });
  const sweep = await probust.readSweep();
  expect(Object.keys(sweep.estimates)).toEqual(ids);
  expect(sweep.options).toMatchObject({ mmse: { points: 10 }, gaussian_margin: { samples: 128 } });
  const sampled = sweep.estimates.mc ?? [];
  for (const [id, rows] of Object.entries(sweep.estimates)) {
    expect(rows).toHaveLength(sweep.sigmas.length);
    for (const { samplingError, flags } of rows) {
      expect(samplingError).toBeGreaterThanOrEqual(0);
      expect(flags).not.toContain('provisional');
    }
    await expect(probust.estimator(id)).toBeChecked();
  }
  // Two unbiased estimates of one probability, each within its own limits: 4.5 combined standard errors.
  for (const [i, row] of (sweep.estimates.importance ?? []).entries()) {
    expect(['student-t', 'clopper-pearson']).toContain(row.interval);
    const other = sampled[i] as typeof row;
    const se = Math.hypot(row.samplingError ?? 0, row.numericalError ?? 0, other.samplingError ?? 0);
    expect(Math.abs(row.p - other.p)).toBeLessThan(4.5 * se);
  }
});
