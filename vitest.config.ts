import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ['tests/unit/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The slowest tests are listed at the end of `npm test`.
    reporters: ['default', ['json', { outputFile: 'reports/unit.json' }]],
  },
});
