import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './build/content-security-policy.ts';
import { estimatorHelp, withoutHelp } from './build/estimator-help.ts';
import { evaluated } from './build/evaluated.ts';
import { firstPaint } from './build/first-paint.ts';
import { renderedFormulas } from './build/formulas.ts';
import { pageLicences } from './build/licences.ts';
import { precache } from './build/precache.ts';
import { preview } from './build/preview.ts';
import { shell } from './build/shell.ts';
import { testData } from './build/test-data.ts';
import { threadedWasm } from './build/threaded-wasm.ts';
import { viewChunks } from './build/view-chunks.ts';
import packageJson from './package.json' with { type: 'json' };

/** Cross-origin isolation, without which there is no SharedArrayBuffer and so no wasm threads. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Where `npm run data` unpacks to. */
const dataFolder = process.env.PROBUST_DATA ?? 'data';

const SERVICE_WORKER = 'service-worker';

/** As in src/app/Page.tsx; a figure that is embedded is a view of its own. */
const VIEWS = {
  explore: '/src/app/pages/explore/ExploreView.tsx',
  learn: '/src/app/pages/lesson/LearnView.tsx',
  data: '/src/app/pages/batch/DatasetView.tsx',
  embed: '/src/app/pages/embed/EmbedView.tsx',
};

/** Starts the workers as soon as it is loaded. */
const STARTING = '/src/app/engine/client.ts';

/** What is said of the estimators, without them. */
const CATALOGUE = '/src/estimators/catalogue.ts';

/** One for page and workers. */
const thirdParty = pageLicences();

export default defineConfig({
  // Relative addresses, so that the built folder works from any sub-path.
  base: './',
  // For what `@tensorflow/tfjs` stands for.
  resolve: { tsconfigPaths: true },
  plugins: [
    react(),
    shell(),
    estimatorHelp(),
    withoutHelp(),
    evaluated([CATALOGUE, '/src/app/pages/lesson/plane/regions.ts']),
    renderedFormulas(),
    threadedWasm(),
    testData(dataFolder),
    firstPaint('src/app/first-paint.ts', '/src/app/main.tsx', VIEWS),
    contentSecurityPolicy(),
    preview(),
    thirdParty,
    precache(`${SERVICE_WORKER}.js`),
  ],
  define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
  worker: {
    format: 'es',
    plugins: () => [evaluated([CATALOGUE], false), withoutHelp(), threadedWasm(), thirdParty],
  },
  build: {
    target: 'es2023',
    // The wasm files are fetched and compiled, which an inlined address would only make larger.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
    // Every browser that runs es2023 has modulepreload.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', [SERVICE_WORKER]: 'src/service-worker/service-worker.ts' },
      output: {
        codeSplitting: {
          groups: [
            {
              name: viewChunks('/src/app/entry.ts', '/src/app/main.tsx', VIEWS, STARTING),
              debugName: 'views',
              includeDependenciesRecursively: false,
            },
          ],
        },
        // A service worker rules only over its own folder and below, so it lies at the top, under a stable name.
        entryFileNames: ({ name }) => (name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { port: 5173, headers },
  preview: { port: 4173, headers },
});
