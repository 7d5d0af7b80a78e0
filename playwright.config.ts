import { defineConfig } from '@playwright/test';
import { dataFolder } from './tests/e2e/support/data-folder';

/**
 * Features of Chromium that are off: those that Playwright itself turns off, whose list this one replaces, and the
 * suggestions of the address bar, pages of their own that each new window loads in a process beside the tested page.
 */
const DISABLED_FEATURES = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
];

const WORKERS = 2;
const FIRST_PORT = Number(process.env.PROBUST_PORT ?? 4183);
/**
 * Of this process's server. Each worker has one of its own, since tests fill and empty the folder of data sets that a
 * server offers.
 */
export const PORT = FIRST_PORT + (Number(process.env.TEST_PARALLEL_INDEX ?? 0) % WORKERS);
/** Found by scripts/run-e2e.ts; without it Playwright uses its own. */
const executablePath = process.env.PROBUST_CHROMIUM;

/** Tests of what happens within a time; `npm run test:e2e` runs them last, one at a time. */
const ALONE = ['promise', 'lost-worker', 'slots'].map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/global-setup.ts',
  // Most of a test is one thread that draws or waits; two at a time keep two cores busy.
  workers: WORKERS,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI !== undefined,
  // The slowest tests are listed at the end of `npm test`.
  reporter: [['list'], ['json', { outputFile: process.env.PROBUST_E2E_REPORT ?? 'reports/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    // A trace takes a snapshot of the page at every step, as long as the step itself: `--trace retain-on-failure` of a
    // run of the test that failed.
    trace: 'off',
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 900 },
    // They would keep the whole page anew for every test, and answer what a test means to intercept.
    serviceWorkers: 'block',
    browserName: 'chromium',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium refuses its sandbox to root.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        // A software adapter, which the page takes only if its link asks for WebGPU.
        '--enable-unsafe-webgpu',
        // A camera that shows a pattern.
        '--use-fake-device-for-media-stream',
        `--disable-features=${DISABLED_FEATURES.join()}`,
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'together', testIgnore: ALONE },
    { name: 'alone', testMatch: ALONE, workers: 1 },
  ],
  webServer: Array.from({ length: WORKERS }, (_, i) => ({
    command: `npx vite preview --port ${FIRST_PORT + i} --strictPort`,
    url: `http://localhost:${FIRST_PORT + i}`,
    reuseExistingServer: false,
    env: { PROBUST_DATA: dataFolder(FIRST_PORT + i) },
  })),
});
