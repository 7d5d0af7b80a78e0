import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

const QUERY = {
  ...SMALL,
  model: 'mnist-linear',
  sample: 'one-or-seven',
  estimators: 'taylor.mc',
  samples: 2048,
};

test('a lost graphics device interrupts a sweep, loses nothing of it, and is told of', async ({
  probust,
  page,
}) => {
  test.setTimeout(300_000);
  await probust.openSwept({ ...QUERY, backend: 'wasm' });
  const undisturbed = (await probust.readSweep()).estimates;

  // The page gives nobody its device: one is taken note of as the worker asks for it.
  await page.route('**/assets/engine.worker-*.js', async (route) => {
    const response = await route.fetch();
    const spy = `{
      const request = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...given) {
        const device = await request.apply(this, given);
        (globalThis.devices ??= []).push(device);
        return device;
      };
    }\n`;
    await route.fulfill({ response, body: `${spy}${await response.text()}` });
  });
  await probust.open({ ...QUERY, backend: 'webgpu' });
  await expect(probust.progress).toHaveAttribute('data-status', 'running', { timeout: 90_000 });
  await expect(probust.points('mc').first()).toBeVisible();
  const worker = page.workers().find((each) => each.url().includes('engine.worker'));
  const lose = () =>
    worker?.evaluate(() => {
      const devices = Reflect.get(globalThis, 'devices') as GPUDevice[];
      devices.at(-1)?.destroy();
      return devices.length;
    });
  expect(await lose()).toBe(1);

  await expect(probust.alert).toHaveText(
    /^The graphics device was lost\. What was running goes on, and nothing is lost\. Runs on WebGPU .+\./,
    { timeout: 90_000 },
  );
  await probust.waitForSweep();
  await expect(probust.backend).toHaveText(/^Runs on WebGPU \(.+\): the one before was lost \(.+\)\.$/);
  const { estimates, backend } = await probust.readSweep();
  expect(backend).toBe('webgpu');
  const differences = (id: string) =>
    (estimates[id] ?? []).map(({ p }, i) => Math.abs(p - (undisturbed[id]?.[i]?.p ?? Number.NaN)));
  // Near-ties apart the same copies are called the same.
  expect(Math.max(...differences('mc'))).toBeLessThanOrEqual(2 / 2048);
  expect(Math.max(...differences('taylor'))).toBeLessThan(1e-4);
  expect(estimates.mc?.map(({ evaluations }) => evaluations)).toEqual([2048, 2048, 2048]);
});
