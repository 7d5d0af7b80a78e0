/**
 * npm run test:e2e -- [arguments of `playwright test`]
 * Finds a Chromium, fetching one if need be, and runs the end-to-end tests against the built page in dist/: first those
 * that may run beside others, then those of what happens within a time. Named tests run in one go.
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
  const run = (args: readonly string[]) => runPlaywright(chromium, args);
  const given = process.argv.slice(2);
  if (given.some((arg) => !arg.startsWith('-') || arg.startsWith('--project'))) return run(given);
  const codes: number[] = [];
  for (const project of ['together', 'alone']) {
    codes.push(await run([`--project=${project}`, `--output=test-results/${project}`, ...given]));
  }
  return Math.max(...codes);
}

function runPlaywright(chromium: string, args: readonly string[]): Promise<number> {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const project = args.find((arg) => arg.startsWith('--project='))?.split('=')[1];
  const child = spawn(process.execPath, [cli, 'test', ...args], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PROBUST_CHROMIUM: chromium,
      PROBUST_E2E_REPORT: `reports/e2e-${project ?? 'named'}.json`,
    },
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
