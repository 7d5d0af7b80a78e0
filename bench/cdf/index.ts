/**
 * Our Gaussian CDF against SciPy's multivariate_normal.cdf: time at equal error on the same problems, taking turns.
 * Usage: npm run bench:cdf -- [--n 9,20,99,999] [--repeats 7] [--write]
 * --write appends the table to docs/benchmarks.md. Needs a Python with SciPy (PYTHON chooses which).
 */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gaussianCdf } from '../../src/estimators/gaussian-cdf';
import { atEqualError, climb, type Engine, type Rung } from './ladder';
import { type BenchProblem, problemsOf } from './problems';
import { ScipyPeer } from './scipy';

const BENCHMARKS = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
const TOLERANCES = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5];
/** mvndst, which SciPy calls, answers 0 beyond this many variables. */
const SCIPY_MOST_VARIABLES = 500;
const PATIENCE_MS = 20_000;
const WARM_UP_MS = 300;
const [OURS, SCIPY] = ['probust', 'scipy'];

const { values: args } = parseArgs({
  options: {
    n: { type: 'string', default: '9,20,99,999' },
    repeats: { type: 'string', default: '7' },
    write: { type: 'boolean', default: false },
  },
});

function ourEngine({ z, correlation }: BenchProblem): Engine {
  return {
    name: OURS,
    run: async (absoluteTolerance, repeat) => {
      const options = {
        absoluteTolerance,
        relativeTolerance: 1,
        maxPoints: 10_000_000,
        seed: repeat + 1,
        closedForms: false,
      };
      const start = performance.now();
      const { p } = gaussianCdf(z, correlation, options);
      return { p, ms: performance.now() - start };
    },
  };
}

const scipyEngine = (peer: ScipyPeer, { z, correlation }: BenchProblem): Engine => ({
  name: SCIPY,
  run: (tolerance) => peer.cdf(z, correlation, tolerance),
});

function cell(ladder: readonly Rung[] | undefined, target: number): { text: string; ms: number | null } {
  if (ladder === undefined) return { text: 'none', ms: null };
  const { ms, error } = atEqualError(ladder, target);
  const reached = error <= target;
  return {
    text: `${ms.toPrecision(3)} ms${reached ? '' : ` (only ${error.toExponential(1)})`}`,
    ms: reached ? ms : null,
  };
}

/** Runs until compilers and caches have settled. */
async function warmUp(engine: Engine): Promise<void> {
  const end = performance.now() + WARM_UP_MS;
  for (let repeat = 0; performance.now() < end; repeat++) await engine.run(1e-3, repeat);
}

async function row(problem: BenchProblem, peer: ScipyPeer, repeats: number): Promise<string> {
  const n = problem.z.length;
  const target = n > SCIPY_MOST_VARIABLES ? 1e-3 : 1e-4;
  const engines = [ourEngine(problem)];
  if (n <= SCIPY_MOST_VARIABLES) engines.push(scipyEngine(peer, problem));
  for (const engine of engines) await warmUp(engine);
  const ladders = await climb(engines, problem.p, target, TOLERANCES, repeats, PATIENCE_MS);
  const ours = cell(ladders.get(OURS), target);
  const scipy = cell(ladders.get(SCIPY), target);
  const ratio = ours.ms !== null && scipy.ms !== null ? (scipy.ms / ours.ms).toFixed(1) : '-';
  return `| ${problem.name} | ${problem.p.toFixed(5)} (${problem.known}) | ${target} | ${ours.text} | ${scipy.text} | ${ratio} |`;
}

const repeats = Number(args.repeats);
const sizes = args.n.split(',').map(Number);
if (!(repeats >= 1) || sizes.some((n) => !(Number.isInteger(n) && n >= 3)))
  throw new RangeError('--repeats takes a number of at least 1, and --n whole numbers of at least 3');

const peer = await ScipyPeer.start();
const lines = [
  `Node ${process.version}, SciPy ${peer.version}, ${cpus()[0]?.model ?? 'unknown processor'}. ` +
    `Equal error: both lower their tolerance over ${TOLERANCES.join(', ')} (SciPy's abseps, releps = 0) until the root mean ` +
    `square error of ${repeats} runs against the known answer is at most the wanted one; times are medians, interpolated ` +
    `on logarithms between the last two tolerances, after ${WARM_UP_MS} ms of warming up each. SciPy has no answer beyond ` +
    `${SCIPY_MOST_VARIABLES} variables.`,
  '',
  '| problem | p (known by) | error | probust | SciPy | SciPy / probust |',
  '| --- | --- | --- | --- | --- | --- |',
];
console.log(lines.join('\n'));
try {
  for (const n of sizes) {
    for (const problem of problemsOf(n)) {
      const line = await row(problem, peer, repeats);
      console.log(line);
      lines.push(line);
    }
  }
} finally {
  peer.stop();
}

if (args.write) {
  if (!existsSync(BENCHMARKS)) writeFileSync(BENCHMARKS, '# Benchmarks\n');
  const date = new Date().toISOString().slice(0, 10);
  const command = `npm run bench:cdf -- --n ${args.n} --repeats ${args.repeats} --write`;
  appendFileSync(BENCHMARKS, `\n## Gaussian CDF, ${date}\n\n\`${command}\`\n\n${lines.join('\n')}\n`);
}
