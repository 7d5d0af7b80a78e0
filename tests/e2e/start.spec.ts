import { expect, test } from './fixtures';

test('opens with a sample already swept, without a click', async ({ probust, requests }) => {
  await probust.openSwept();

  await expect(probust.predicted).toHaveText('7');
  await expect(probust.sentence).toHaveText(/^In \d+ of 100 noisy copies this stays a 7\.$/);
  await expect(probust.copies).toHaveAccessibleName(/^100 noisy copies at radius [\d.]+; \d+ are called/);
  const [kept, flips] = await Promise.all([
    probust.sentence.textContent().then((text) => Number(/(\d+) of/.exec(text ?? '')?.[1])),
    probust.copies.locator('[data-part="flip"]').count(),
  ]);
  expect(kept + flips).toBe(100);
  await expect(probust.cursorEstimate).toHaveText(
    /^P\(stays\) .* 95 %: 0\.\d+–\d\.\d+, [\d,]+ noisy copies\./,
  );

  await expect(probust.points('mc')).toHaveCount(12);
  await expect(probust.line('taylor')).toHaveAttribute('d', /^M.*C/);
  await expect(probust.chart.locator('image')).toHaveCount(5);
  await expect(probust.status).toHaveText(/^Done in [\d.]+ m?s on (WebGPU|WebAssembly|plain JavaScript)\.$/);
  await expect(probust.backend).toHaveText(/^Runs on (WebGPU|WebAssembly|plain JavaScript)/);
  await expect(probust.alert).toBeEmpty();

  // The watch over requests sees what the workers fetch.
  expect(requests.some((url) => url.endsWith('/models/mnist-cnn/weights.bin'))).toBe(true);
  expect(requests.some((url) => url.endsWith('.wasm'))).toBe(true);

  // With the default settings every radius is as sure as was asked, or says that it is not.
  const { model, stop, sigmas, estimates } = await probust.readSweep();
  expect(model.id).toBe('mnist-cnn');
  expect(stop).toEqual({ rule: 'precision', halfWidth: 0.02, maxSamples: 20_000 });
  expect(sigmas).toHaveLength(12);
  expect(Object.keys(estimates).sort()).toEqual(['mc', 'taylor']);
  for (const rows of Object.values(estimates)) expect(rows.map(({ sigma }) => sigma)).toEqual(sigmas);
  for (const { p, lo, hi, flags, interval, evaluations, successes } of estimates.mc ?? []) {
    const [low, high] = [lo ?? 0, hi ?? 1];
    expect(interval).toBe('fixed-width');
    expect(low <= p && p <= high).toBe(true);
    expect(evaluations % 256 === 0 || evaluations === 20_000).toBe(true);
    const share = (successes ?? Number.NaN) / evaluations;
    expect(low).toBeCloseTo(Math.max(0, Math.min(p, share - 0.02)), 12);
    expect(high).toBeCloseTo(Math.min(1, Math.max(p, share + 0.02)), 12);
    expect(flags).not.toContain('provisional');
  }
});
