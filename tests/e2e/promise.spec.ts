import { expect, test } from './fixtures';
import type { ProbustPage } from './pages/probust-page';
import { drawDigit, STROKES } from './support/pictures';

const PROMISED_MS = 1000;
const RADII = 12;

// A trace takes a snapshot at every step, which would be measured too.
test.use({ trace: 'off' });

/**
 * Milliseconds from the drop of the next picture to its whole Taylor curve, one curved piece between two radii.
 * Measured in the page, by the events themselves.
 */
async function watchTaylor({ page }: ProbustPage): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle((pieces) => {
    let start = Number.NaN;
    let cleared = false;
    window.addEventListener('drop', () => (start = performance.now()), { capture: true, once: true });
    const path = () =>
      document.querySelector('[data-part="line"][data-series="taylor"]')?.getAttribute('d') ?? '';
    const before = path();
    const taken = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        const now = path();
        // The old curve goes when the new picture comes; only then the next whole one is the new one's.
        cleared ||= now !== before;
        if (Number.isNaN(start) || !cleared || now.split('C').length - 1 !== pieces) return;
        observer.disconnect();
        resolve(performance.now() - start);
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    return { taken };
  }, RADII - 1);
  return () => watch.evaluate(({ taken }) => taken);
}

test('a drawn 3 has its Taylor curve within a second of the drop', async ({ probust }) => {
  await probust.openSwept({ radii: RADII, stop: 'fixed', samples: 256, sample: 'zero-round' });
  const times: number[] = [];
  // Another pen each time, so that each picture is a new one.
  for (const pen of [0.13, 0.15, 0.11]) {
    const taylorTime = await watchTaylor(probust);
    await probust.expectNewPicture(() => probust.drop(drawDigit(STROKES.three, 'three.png', { pen })));
    times.push(await taylorTime());
    await probust.waitForSweep();
    await expect(probust.predicted).toHaveText('3');
  }
  const description = times.map((ms) => `${Math.round(ms)} ms`).join(', ');
  test.info().annotations.push({ type: 'Taylor after', description });
  // The best of three: the machine may be busy with something else.
  expect(Math.min(...times)).toBeLessThan(PROMISED_MS);
});
