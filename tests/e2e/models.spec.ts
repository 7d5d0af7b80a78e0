import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

test('switches models; the linear one agrees with its own straightening', async ({ probust, page }) => {
  await probust.openSwept({ radii: 3, stop: 'fixed', samples: 2048, sample: 'two-round' });
  const cnn = await probust.readSweep();
  await probust.model.selectOption({ label: 'Linear classifier' });
  await expect(page).toHaveURL(/[?&]model=mnist-linear(&|$)/);
  await probust.waitForSweep();
  const linear = await probust.readSweep();
  expect(linear.model.id).toBe('mnist-linear');
  expect(linear.model.sha256).not.toBe(cnn.model.sha256);
  expect(linear.image).toEqual(cnn.image);
  // The card recommends its own radii.
  expect(linear.sigmas).not.toEqual(cnn.sigmas);
  await expect(
    page.getByText('Taylor and Monte Carlo agree within their errors at every radius.'),
  ).toBeVisible();

  await probust.model.selectOption({ label: 'Convolutional network' });
  await expect(probust.model).toHaveValue('mnist-cnn');
  await probust.waitForSweep();
  expect((await probust.readSweep()).estimates.mc?.map(({ p }) => p)).toEqual(
    cnn.estimates.mc?.map(({ p }) => p),
  );
});

test('switching models stops the sweep that runs', async ({ probust, page }) => {
  await probust.open({ radii: 3, stop: 'fixed', samples: 8192, sample: 'six-tall' });
  await expect(probust.points('mc')).toHaveCount(3);
  await probust.model.selectOption('mnist-linear');
  await expect(probust.model).toHaveValue('mnist-linear');
  await probust.waitForSweep();
  const switched = await probust.readSweep();
  await page.reload();
  await probust.waitForSweep();
  const fresh = await probust.readSweep();
  expect(switched.model).toEqual(fresh.model);
  expect(switched.estimates.mc?.map(({ p }) => p)).toEqual(fresh.estimates.mc?.map(({ p }) => p));
});

test('refuses a model whose weights are not those of its card', async ({ probust, page }) => {
  await page.route('**/models/mnist-mlp/weights.bin', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[1000] = (body[1000] as number) ^ 1;
    await route.fulfill({ response, body });
  });
  await probust.openSwept({ ...SMALL, sample: 'six-tall' });
  await probust.model.selectOption('mnist-mlp');
  await expect(probust.alert).toHaveText(
    /weights\.bin of model “mnist-mlp” is not the one its card describes/,
  );
  await expect(probust.model).toHaveValue('mnist-cnn');
  await expect(probust.predicted).toHaveText('6');
  await expect(probust.progress).toHaveAttribute('data-status', 'done');
});
