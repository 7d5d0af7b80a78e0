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

export const PORT = Number(process.env.PROBUST_PORT ?? 4183);
/** Found by scripts/run-e2e.ts; without it Playwright uses its own. */
const executablePath = process.env.PROBUST_CHROMIUM;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/global-setup.ts',
  // Sweeps use every core; two at a time would only wait for each other.
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI !== undefined,
  // The slowest tests are listed at the end of `npm test`.
  reporter: [['list'], ['json', { outputFile: 'reports/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    // Without the film, which takes a good part of two cores.
    trace: { mode: 'retain-on-failure', screenshots: false },
    viewport: { width: 1280, height: 900 },
    // They would keep the whole page anew for every test, and answer what a test means to intercept.
    serviceWorkers: 'block',
  },
  projects: [
    {
      name: 'chromium',
      use: {
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
    },
  ],
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}`,
    reuseExistingServer: false,
    env: { PROBUST_DATA: dataFolder(PORT) },
  },
});
