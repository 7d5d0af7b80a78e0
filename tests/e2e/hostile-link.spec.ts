import { expect, test } from './fixtures';
import { type ProbustPage, SMALL } from './pages/probust-page';

const small = new URLSearchParams(Object.entries(SMALL).map(([name, value]) => [name, String(value)]));

/** The page works: a picture, a prediction, a sentence, a curve of finite numbers, and no complaint. */
async function expectWorkingPage(probust: ProbustPage): Promise<void> {
  await expect(probust.predicted).toHaveText(/^\d$/);
  await expect(probust.sentence).toHaveText(/^In \d+ of 100 noisy copies/);
  await expect(probust.points('mc').first()).toBeVisible();
  await probust.waitForCatchUp();
  const marks = await probust.chart.evaluate((chart) => chart.outerHTML);
  expect(marks).not.toMatch(/NaN|Infinity|undefined/);
}

test('whatever a link says, the page works', async ({ probust, page }) => {
  test.setTimeout(300_000);
  await test.step('what makes no sense becomes the default', async () => {
    await probust.openSwept(
      `${small}&cursor=abc&seed=NaN&model=../../etc&sample=../../x&estimators=x&scale=<script>&theme=pink&target=3.5e&backend=abacus&v=999&unknown=1`,
    );
    await expectWorkingPage(probust);
    await expect(probust.alert).toBeEmpty();
    const { model, seed, sigmas, estimates, target } = await probust.readSweep();
    expect(model.id).toBe('mnist-cnn');
    expect(seed).toBe(1);
    expect(sigmas).toEqual([0.19, expect.any(Number), 2.1]);
    expect(Object.keys(estimates).sort()).toEqual(['mc', 'taylor']);
    expect(target).toEqual({ index: 7, label: '7' });
    await expect(probust.choice('Scale', 'linear')).toBeChecked();
    await expect(probust.choice('Theme', 'System')).toBeChecked();
  });
  await test.step('numbers out of range are clamped', async () => {
    await probust.open(
      'radii=1e9&sigmaMin=-3&sigmaMax=1e12&cursor=1e9&stop=fixed&samples=1&seed=-7&target=1e9',
    );
    await expectWorkingPage(probust);
    await probust.waitForSweep();
    const { sigmas, seed, stop } = await probust.readSweep();
    expect(sigmas).toHaveLength(40);
    expect([sigmas[0], sigmas.at(-1)]).toEqual([0.001, 10]);
    expect(seed).toBe(0);
    expect(stop).toEqual({ rule: 'fixed', samples: 256 });
    await expect(probust.slider).toHaveAttribute('aria-valuetext', /^σ = 10,/);

    await probust.openSwept('radii=-5&sigmaMin=0.5&sigmaMax=0.4&halfWidth=99&maxSamples=1');
    expect(await probust.readSweep()).toMatchObject({
      sigmas: [0.19, 2.1],
      stop: { rule: 'precision', halfWidth: 0.25, maxSamples: 256 },
    });
    await expect(page.getByRole('alert')).toBeEmpty();
  });
  await test.step('a range of no width to speak of still has distinct radii', async () => {
    await probust.openSwept('sigmaMin=0.4&sigmaMax=0.40001&radii=40&stop=fixed&samples=256');
    await expectWorkingPage(probust);
    const { sigmas } = await probust.readSweep();
    expect(new Set(sigmas).size).toBe(sigmas.length);
  });
  await test.step('broken encoding and a very long query do no harm', async () => {
    await probust.openSwept(`${small}&sample=%E0%A4%A&cursor=%00&&&=&x=${'y'.repeat(6000)}`);
    await expectWorkingPage(probust);
  });
  await test.step('a model that is not here is named, and another shown', async () => {
    await probust.openSwept({ ...SMALL, model: 'no-such-model' });
    await expect(probust.alert).toHaveText(/model “no-such-model” that is not here; showing another/);
    await expectWorkingPage(probust);
    await expect(probust.model).toHaveValue('mnist-cnn');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(probust.alert).toBeEmpty();
  });
});
