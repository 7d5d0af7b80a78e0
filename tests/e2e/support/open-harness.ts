import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { WebGpuHarness } from './webgpu-harness';

const ENTRY = fileURLToPath(new URL('./webgpu-harness.ts', import.meta.url));
const ADDRESS = '/webgpu-harness/';

let bundled: Promise<string> | undefined;

/** The harness and all of the project that it calls, as one module. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: ENTRY, formats: ['es'], fileName: 'harness' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [output] = [built].flat();
  if (output === undefined || !('output' in output)) throw new Error('the harness was not built');
  return output.output[0].code;
}

/** Calls into the harness by name; all values cross as plain data. */
export type CallHarness = <K extends keyof WebGpuHarness>(
  name: K,
  ...given: Parameters<WebGpuHarness[K]>
) => Promise<Awaited<ReturnType<WebGpuHarness[K]>>>;

/** Opens an empty page of the origin with the harness in it and WebGPU running. */
export async function openHarness(page: Page): Promise<CallHarness> {
  bundled ??= bundle();
  const code = await bundled;
  const html = '<!doctype html><title>WebGPU</title><script type="module" src="harness.js"></script>';
  await page.route(`**${ADDRESS}`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.route(`**${ADDRESS}harness.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: code }),
  );
  await page.goto(ADDRESS);
  await page.waitForFunction(() => 'harness' in window);
  const call: CallHarness = (name, ...given) =>
    page.evaluate(([method, values]) => Reflect.get(window, 'harness')[method](...values), [name, given] as [
      string,
      unknown[],
    ]);
  await call('start');
  return call;
}
