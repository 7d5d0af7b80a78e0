import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findChromium } from '../../scripts/support/find-chromium';
import { ISOLATION, startStaticHost } from '../../scripts/support/static-host';
import { thisMachine } from '../../scripts/support/this-machine';
import { projectFolder } from '../../src/node/engine';
import type { Cleanup } from './cleanup';

const PAGE = fileURLToPath(new URL('./page', import.meta.url));
const COMLINK = dirname(createRequire(import.meta.url).resolve('comlink/dist/esm/comlink.mjs'));

export interface BuiltPage {
  readonly browser: Browser;
  /** An empty, cross-origin isolated page beside the built one, with comlink: nothing else runs in it. */
  readonly page: Page;
  /** Address of the built engine worker. */
  readonly workerUrl: string;
  readonly modelsUrl: string;
}

/**
 * Builds the page, serves it with the headers of isolation, and opens Chromium on it.
 * @param folders searched before the built page; models/<id>/ in one of them is a model of the bench
 */
export async function openBuiltPage(cleanup: Cleanup, folders: readonly string[] = []): Promise<BuiltPage> {
  await build({ root: projectFolder, logLevel: 'error' });
  const assets = await readdir(join(projectFolder, 'dist', 'assets'));
  const worker = assets.filter((name) => /^engine\.worker-.*\.js$/.test(name));
  if (worker.length !== 1)
    throw new Error(`the built page has ${worker.length} engine workers instead of one`);
  const host = await startStaticHost('/', { headers: ISOLATION, folders: [PAGE, COMLINK, ...folders] });
  cleanup.add(() => host.close());
  const browser = await chromium.launch({
    // The command's own clean-up closes it; Playwright would end the process before that is through.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    executablePath: await findChromium(thisMachine),
    // Chromium refuses its sandbox to root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      // A software adapter where there is no other, taken only by who asks for WebGPU.
      '--enable-unsafe-webgpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
  cleanup.add(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${host.url}bench.html`);
  await page.waitForFunction(() => 'engines' in window && window.crossOriginIsolated);
  return {
    browser,
    page,
    workerUrl: `${host.url}assets/${worker[0]}`,
    modelsUrl: `${host.url}models/`,
  };
}
