import { npmRun, type Step } from './steps';

/** Inputs that the fuzzer gives in all, and in a part; other inputs than those of `npm test`, whose seed is 1. */
const FUZZ = { runs: 20_000, part: 2500, seed: 2 } as const;

/** Tests whose numbers of seeds and cases depend on `repeats`. */
const STATISTICAL = {
  importance: ['estimators/importance-statistics'],
  cdf: [
    'estimators/gaussian-cdf',
    'estimators/polygon',
    'estimators/failure-bounds',
    'estimators/gaussian-cdf-control',
    'estimators/gaussian-cdf-error',
    'estimators/gaussian-cdf-properties',
  ],
  intervals: ['statistics/bounded-mean', 'statistics/max-t'],
} as const;

const statistical = Object.entries(STATISTICAL).map(
  ([id, files]): Step => ({
    id: `statistics-${id}`,
    command: ['npx', 'vitest', 'run', ...files.map((file) => `tests/unit/${file}.test.ts`)],
    env: { PROBUST_LONG: '1' },
  }),
);

const fuzz = Array.from({ length: FUZZ.runs / FUZZ.part }, (_, i): Step => {
  const from = i * FUZZ.part;
  const command = npmRun('fuzz', '--seed', `${FUZZ.seed}`, '--from', `${from}`, '--runs', `${FUZZ.part}`);
  return { id: `fuzz-${i + 1}`, command };
});

/** What needs a built page: all of what backends say, and memory over many sweeps, which fails if something grows. */
const page: readonly Step[] = [
  { id: 'build', command: npmRun('build') },
  { id: 'e2e-backends', command: npmRun('test:e2e', 'backends', 'fallbacks'), env: { PROBUST_LONG: '1' } },
  { id: 'soak-chromium', command: npmRun('bench:soak', '--own', '--sweeps', '60') },
  { id: 'soak-node', command: npmRun('bench:soak', '--node', '--sweeps', '60') },
  { id: 'soak-webgpu', command: npmRun('bench:soak', '--webgpu') },
];

/** What `npm run test:long` holds, in the order in which it is run. A part takes less than ten minutes on two cores. */
export const PARTS: readonly Step[] = [...statistical, ...fuzz, ...page];
