/**
 * Our Gaussian CDF against SciPy's multivariate_normal.cdf: time at equal error on the same problems, taking turns.
 * Usage: npm run bench:cdf -- [--n 9,20,99,999] [--repeats 7] [--only text] [--write]
 * --only takes the problems whose names hold the text. --write puts the table into docs/benchmarks.md. Needs a Python with SciPy (PYTHON chooses which).
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { gaussianCdf } from '../../src/estimators/gaussian-cdf';
import { today, writeSection } from '../support/section';
import { type AtEqualError, atEqualError, climb, type Engine } from './ladder';
import { type BenchProblem, problemsOf } from './problems';
import { ScipyPeer } from './scipy';

const TOLERANCES = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5];
/** mvndst, which SciPy calls, answers 0 beyond this many variables. */
const SCIPY_MOST_VARIABLES = 500;
const PATIENCE_MS = 5000;
const WARM_UP_MS = 300;
const [OURS, LATTICE, SCIPY] = ['probust', 'lattice alone', 'scipy'];

const { values: args } = parseArgs({
  options: {
    n: { type: 'string', default: '9,20,99,999' },
    repeats: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});

function ourEngine(name: string, closedForms: boolean, { z, correlation }: BenchProblem): Engine {
  return {
    name,
    run: async (absoluteTolerance, repeat) => {
      const seed = repeat + 1;
      const options = { absoluteTolerance, relativeTolerance: 1, maxPoints: 10_000_000, seed, closedForms };
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

const timeOf = ({ ms, error }: AtEqualError, target: number): string =>
  `${ms.toPrecision(3)} ms${error <= target ? '' : ` (only ${error.toExponential(1)})`}`;

/** SciPy's time over ours; "> " where SciPy gave up on the way. */
function ratioOf(ours: AtEqualError, scipy: AtEqualError, target: number): string {
  if (!(ours.error <= target)) return '-';
  return `${scipy.error <= target ? '' : '> '}${(scipy.ms / ours.ms).toPrecision(3)}`;
}

/** Runs until compilers and caches have settled. */
async function warmUp(engine: Engine): Promise<void> {
  const end = performance.now() + WARM_UP_MS;
  for (let repeat = 0; performance.now() < end; repeat++) await engine.run(1e-3, repeat);
}

async function row(problem: BenchProblem, peer: ScipyPeer, repeats: number): Promise<string> {
  const n = problem.z.length;
  const target = n > SCIPY_MOST_VARIABLES ? 1e-3 : 1e-4;
  const engines = [ourEngine(OURS, true, problem), ourEngine(LATTICE, false, problem)];
  if (n <= SCIPY_MOST_VARIABLES) engines.push(scipyEngine(peer, problem));
  for (const engine of engines) await warmUp(engine);
  const ladders = await climb(engines, problem.p, target, TOLERANCES, repeats, PATIENCE_MS);
  const [ours, lattice, scipy] = [OURS, LATTICE, SCIPY].map((name) => {
    const ladder = ladders.get(name);
    return ladder && atEqualError(ladder, target);
  });
  const cells = [
    problem.name,
    `${problem.p.toFixed(5)} (${problem.known})`,
    target,
    ours && timeOf(ours, target),
    lattice && timeOf(lattice, target),
    scipy ? timeOf(scipy, target) : 'none',
    ours && scipy ? ratioOf(ours, scipy, target) : '-',
    lattice && scipy ? ratioOf(lattice, scipy, target) : '-',
  ];
  return `| ${cells.join(' | ')} |`;
}

const repeats = Number(args.repeats);
const sizes = args.n.split(',').map(Number);
if (!(repeats >= 1) || sizes.some((n) => !(Number.isInteger(n) && n >= 3)))
  throw new RangeError('--repeats takes a number of at least 1, and --n whole numbers of at least 3');

const peer = await ScipyPeer.start();
const about =
  `Node ${process.version}, SciPy ${peer.version}, ${cpus()[0]?.model ?? 'unknown processor'}. ` +
  `Equal error: both lower their tolerance over ${TOLERANCES.join(', ')} (SciPy's abseps, releps = 0) until the root mean ` +
  `square error of ${repeats} runs against the known answer is at most the wanted one; times are medians, interpolated ` +
  `on logarithms between the last two tolerances, after ${WARM_UP_MS} ms of warming up each; an engine whose runs take ` +
  `more than ${PATIENCE_MS} ms goes no further. "Lattice alone" is ours without closed forms (the option closedForms). ` +
  `SciPy has no answer beyond ${SCIPY_MOST_VARIABLES} variables.`;
const header = [
  '| problem | p (known by) | error | probust | lattice alone | SciPy | SciPy / probust | SciPy / lattice |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
];
console.log([about, '', ...header].join('\n'));
/** Table rows by number of variables. */
const rows = new Map<number, string[]>();
try {
  for (const n of sizes) {
    for (const problem of problemsOf(n).filter(({ name }) => name.includes(args.only))) {
      const line = await row(problem, peer, repeats);
      console.log(line);
      rows.set(n, [...(rows.get(n) ?? []), line]);
    }
  }
} finally {
  peer.stop();
}

if (args.write) {
  const only = args.only === '' ? '' : ` --only '${args.only}'`;
  const command = `npm run bench:cdf -- --n ${args.n} --repeats ${args.repeats}${only} --write`;
  for (const [n, lines] of rows) {
    const text = `\`${command}\`, ${today()}. ${about}\n\n${[...header, ...lines].join('\n')}`;
    await writeSection(`Gaussian CDF, ${n} variables${only}`, text);
  }
}
