import type { SweepResult } from '../../src/results/sweep-result';
import { expect, test } from './fixtures';
import { type ProbustPage, SMALL } from './pages/probust-page';

/** A picture between two classes: nothing is so certain that differences could hide. */
const SAMPLE = 'one-or-seven';
const TOLERANCE = 1e-3;
/** Of 256 noisy copies, those that near-ties may move. */
const NEAR_TIES = 3;

interface Answers {
  readonly sweep: SweepResult;
  /** Differences of the clean picture's logits to class 0's. */
  readonly logits: readonly number[];
}

/**
 * The exports hold no logits, but softmax does: log p_i - log p_0 = f_i - f_0. Asking for each class in turn
 * gives all of them up to a constant, which changes neither a class nor a margin.
 */
async function ask(probust: ProbustPage, backend: string): Promise<Answers> {
  await probust.openSwept({ ...SMALL, backend, sample: SAMPLE, estimators: 'taylor.softmax.mc' });
  const sweep = await probust.readSweep();
  await probust.estimator('taylor').uncheck();
  await probust.estimator('mc').uncheck();
  await probust.openPanel('classes');
  const logs: number[] = [];
  for (let target = 0; target < 10; target++) {
    const bar = probust.classBars.nth(target);
    await bar.click();
    await expect(bar).toHaveAttribute('aria-pressed', 'true');
    await probust.waitForSweep();
    const { target: asked, estimates } = await probust.readSweep();
    expect(asked.index).toBe(target);
    logs.push(Math.log(estimates.softmax?.[0]?.p ?? Number.NaN));
  }
  return { sweep, logits: logs.map((log) => log - (logs[0] as number)) };
}

function expectAgreement(one: Answers, other: Answers): void {
  expect(one.sweep.image).toEqual(other.sweep.image);
  expect(one.sweep.target).toEqual(other.sweep.target);
  expect(one.logits.every(Number.isFinite)).toBe(true);
  expect(largestDifference(one.logits, other.logits)).toBeLessThan(TOLERANCE);
  const p = ({ sweep }: Answers, id: string) => (sweep.estimates[id] ?? []).map((row) => row.p);
  for (const id of ['taylor', 'softmax']) {
    expect(p(one, id)).toHaveLength(3);
    expect(largestDifference(p(one, id), p(other, id))).toBeLessThan(TOLERANCE);
  }
  expect(p(one, 'mc')).toHaveLength(3);
  expect(largestDifference(p(one, 'mc'), p(other, 'mc'))).toBeLessThanOrEqual(NEAR_TIES / 256);
}

function largestDifference(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, i) => Math.abs(value - (other[i] ?? Number.NaN))));
}

test('WebGPU, WebAssembly and plain JavaScript agree', async ({ probust }) => {
  test.setTimeout(300_000);
  const wasm = await ask(probust, 'wasm');
  await expect(probust.backend).toHaveText(/^Runs on WebAssembly .+: asked for in the link\.$/);
  expect(wasm.sweep.backend).toBe('wasm');

  const cpu = await ask(probust, 'cpu');
  await expect(probust.backend).toHaveText('Runs on plain JavaScript: asked for in the link.');
  expect(cpu.sweep.backend).toBe('cpu');
  expectAgreement(cpu, wasm);

  const webgpu = await ask(probust, 'webgpu');
  await expect(probust.backend).toHaveText(/^Runs on WebGPU \(.+\): asked for in the link\.$/);
  expect(webgpu.sweep.backend).toBe('webgpu');
  expectAgreement(webgpu, wasm);
});

test('without a real graphics adapter WebAssembly runs, and the page says why', async ({ probust, page }) => {
  await probust.openSwept(SMALL);
  const hasRealAdapter = await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter();
    return (
      adapter != null && !/swiftshader|llvmpipe|software/i.test(Object.values(infoOf(adapter)).join(' '))
    );
    function infoOf({ info }: GPUAdapter) {
      return { vendor: info.vendor, architecture: info.architecture, description: info.description };
    }
  });
  await expect(probust.backend).toHaveText(
    hasRealAdapter ? /^Runs on WebGPU \(.+\)\.$/ : /^Runs on WebAssembly .+: .*WebGPU.*\.$/,
  );
});

test('a backend that is not there is an explained failure, not an empty page', async ({ probust, page }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await probust.open({ backend: 'wasm' });
  await expect(probust.alert).toHaveText(/The engine could not start: WebAssembly .+\./);
});
