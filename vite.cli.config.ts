import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { licences } from './build/licences.ts';

const FOLDER = 'dist-cli';

/** The command line as one folder of modules for Node: what a command does not need, it does not load. */
export default defineConfig({
  publicDir: false,
  resolve: { tsconfigPaths: true },
  ssr: { noExternal: true, target: 'node' },
  plugins: [
    licences(FOLDER),
    {
      name: 'probust:executable',
      writeBundle: () => chmodSync(join(FOLDER, 'probust.js'), 0o755),
    },
  ],
  build: {
    ssr: 'src/cli/probust.ts',
    outDir: FOLDER,
    target: 'node20',
    minify: false,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      output: {
        // tfjs's wasm module, CommonJS at heart, asks for these two.
        banner: ({ isEntry }) =>
          isEntry
            ? '#!/usr/bin/env node'
            : 'const { filename: __filename, dirname: __dirname } = import.meta;',
      },
    },
  },
});
