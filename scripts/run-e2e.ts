/**
 * npm run test:e2e -- [arguments of `playwright test`]
 * Finds a Chromium, fetching one if need be, and runs the end-to-end tests against the built page in dist/.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findChromium } from './support/find-chromium';
import { thisMachine } from './support/this-machine';

async function main(): Promise<number> {
  if (!existsSync(new URL('../dist/index.html', import.meta.url))) {
    throw new Error('There is no built page in dist/; run `npm run build` first.');
  }
  const chromium = await findChromium(thisMachine);
  console.error(`Chromium: ${chromium}`);
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const child = spawn(process.execPath, [cli, 'test', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, PROBUST_CHROMIUM: chromium },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
