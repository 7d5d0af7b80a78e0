import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';
import { ask, expectAgreement } from './support/agreement';

test('WebGPU, WebAssembly and plain JavaScript agree', async ({ probust }) => {
  test.setTimeout(300_000);
  const wasm = await ask(probust, { backend: 'wasm' });
  await expect(probust.backend).toHaveText(/^Runs on WebAssembly .+: asked for in the link\.$/);
  expect(wasm.sweep.backend).toBe('wasm');

  const cpu = await ask(probust, { backend: 'cpu' });
  await expect(probust.backend).toHaveText('Runs on plain JavaScript: asked for in the link.');
  expect(cpu.sweep.backend).toBe('cpu');
  expectAgreement(cpu, wasm);

  const webgpu = await ask(probust, { backend: 'webgpu' });
  await expect(probust.backend).toHaveText(/^Runs on WebGPU \(.+\): asked for in the link\.$/);
  expect(webgpu.sweep.backend).toBe('webgpu');
  expectAgreement(webgpu, wasm);
});

test('WebAssembly on one thread and on two agree', async ({ probust }) => {
  test.setTimeout(240_000);
  const one = await ask(probust, { backend: 'wasm', threads: 1 });
  await expect(probust.backend).toHaveText('Runs on WebAssembly on one thread: asked for in the link.');
  const two = await ask(probust, { backend: 'wasm', threads: 2 });
  await expect(probust.backend).toHaveText('Runs on WebAssembly with 2 threads: asked for in the link.');
  expectAgreement(two, one);
});

test('every core has a thread, up to eight, and no link gets more', async ({ probust, page }) => {
  await probust.openSwept({ ...SMALL, backend: 'wasm' });
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const wanted = Math.min(8, cores);
  await expect(probust.backend).toContainText(
    wanted > 1 ? `on WebAssembly with ${wanted} threads:` : 'on WebAssembly on one thread:',
  );
  await probust.openSwept({ ...SMALL, backend: 'wasm', threads: 64 });
  await expect(probust.backend).toContainText('on WebAssembly with 8 threads:');
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
