import { test as base, expect } from './fixtures';
import { ProbustPage, SMALL } from './pages/probust-page';
import { ask, expectAgreement } from './support/agreement';

interface Fixtures {
  /** The page in a browser of its own that is started with one more switch. */
  readonly openWith: (flag: string) => Promise<ProbustPage>;
}

const test = base.extend<Fixtures>({
  openWith: async ({ playwright, launchOptions, baseURL }, use) => {
    const closers: (() => Promise<void>)[] = [];
    await use(async (flag) => {
      const args = [...(launchOptions.args ?? []), flag];
      const browser = await playwright.chromium.launch({ ...launchOptions, args });
      closers.push(() => browser.close());
      return new ProbustPage(await browser.newPage({ ...(baseURL === undefined ? {} : { baseURL }) }));
    });
    for (const close of closers) await close();
  },
});

test('without SIMD WebAssembly runs on one thread and finds the same', async ({ probust, openWith }) => {
  test.skip(process.arch !== 'x64', 'the switch takes an instruction set of x64 away');
  const plain = await openWith('--js-flags=--no-enable-sse4-1');
  const without = await ask(plain, { backend: 'wasm' });
  await expect(plain.backend).toHaveText(
    'Runs on WebAssembly without SIMD on one thread: asked for in the link.',
  );
  expectAgreement(without, await ask(probust, { backend: 'wasm', threads: 1 }));
});

test('where WebAssembly is switched off plain JavaScript runs and the page says why', async ({
  probust,
  openWith,
}) => {
  // What strict security modes of browsers do. The interpreter is slow: a small model.
  const jitless = await openWith('--js-flags=--jitless');
  const query = { ...SMALL, model: 'mnist-linear', sample: 'one-or-seven' };
  await jitless.openSwept(query);
  await expect(jitless.backend).toHaveText(
    /^Runs on plain JavaScript: .*this browser has no WebAssembly, or has it switched off\.$/,
  );
  await expect(jitless.alert).toBeEmpty();
  const { estimates } = await jitless.readSweep();
  await probust.openSwept({ ...query, backend: 'cpu' });
  const usual = (await probust.readSweep()).estimates;
  for (const id of ['mc', 'taylor']) {
    expect(estimates[id]?.map(({ p }) => p)).toEqual(usual[id]?.map(({ p }) => p));
  }
});

test('where the WebAssembly files are missing plain JavaScript runs and the page says why', async ({
  probust,
  page,
}) => {
  const answers = { status: 404, contentType: 'text/html', body: '<title>Not found</title>' };
  await page.route('**/*.wasm', (route) => route.fulfill(answers));
  await probust.openSwept({ ...SMALL, model: 'mnist-linear' });
  await expect(probust.backend).toHaveText(
    /^Runs on (WebGPU \(.+\)\.|plain JavaScript: .*WebAssembly did not start \(its files may be missing on the server\)\.)$/,
  );
  await expect(probust.alert).toBeEmpty();
});
