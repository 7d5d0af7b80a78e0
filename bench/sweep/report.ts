import { mean } from 'd3';
import { table } from '../support/markdown';
import { today } from '../support/section';
import { type Case, ENDS } from './cases';
import { type Reached, type Run, rmseAfter, type Truth } from './reached';

/** All that was found on one model; maps are by estimator, and 'PyTorch'. */
export interface Contest {
  readonly given: Case;
  /** By picture and radius. */
  readonly truth: readonly (readonly Truth[])[];
  readonly truthCopies: number;
  readonly plainThreads: number;
  readonly reached: ReadonlyMap<string, Reached>;
  readonly runs: ReadonlyMap<string, readonly Run[]>;
  /** Forward passes of each run to its end. */
  readonly spent: ReadonlyMap<string, readonly number[]>;
}

export interface Provenance {
  readonly command: string;
  readonly about: string;
  readonly wanted: number;
  readonly seeds: number;
}

const UNBIASED = ['mc', 'importance'];
const seconds = (ms: number): string => `${(ms / 1000).toPrecision(3)} s`;
const error = (value: number): string => value.toPrecision(2);

function endOf(runs: readonly Run[]): number {
  return mean(runs, ({ steps }) => steps.at(-1)?.ms ?? 0) ?? 0;
}

/** Copies a radius after which plain sampling is as close as is wanted at the worst radius, by the binomial law. */
function plainCopies({ truth, given }: Contest, wanted: number): number {
  const variances = given.sigmas.map(
    (_, i) => mean(truth, (each) => (each[i] as Truth).p * (1 - (each[i] as Truth).p)) ?? 0,
  );
  return Math.ceil(Math.max(...variances) / wanted ** 2);
}

function sooner(contest: Contest, { wanted }: Provenance): string {
  const plain = contest.reached.get('PyTorch');
  const rows = ['PyTorch', ...UNBIASED].map((id) => {
    const { ms, rmse } = contest.reached.get(id) as Reached;
    const ratio = ms === null || plain?.ms == null ? '-' : (plain.ms / ms).toPrecision(3);
    const runs = contest.runs.get(id) as readonly Run[];
    return [
      id === 'PyTorch' ? `plain sampling in PyTorch, ${contest.plainThreads} threads` : `\`${id}\``,
      ms === null ? `not within ${seconds(endOf(runs))}` : seconds(ms),
      ratio,
      error(Math.max(...rmse)),
      String(Math.round(mean(contest.spent.get(id) ?? []) ?? 0)),
    ];
  });
  const header = [
    '',
    `time to an RMSE of ${wanted}`,
    'times as soon',
    'largest RMSE then',
    'passes of a whole run',
  ];
  return table(header, rows);
}

function byRadius({ given, truth, reached }: Contest): string {
  const rows = given.sigmas.map((sigma, i) => [
    String(sigma),
    (mean(truth, (each) => (each[i] as Truth).p) ?? 0).toFixed(4),
    ...['PyTorch', ...UNBIASED].map((id) => error(reached.get(id)?.rmse[i] ?? Number.NaN)),
  ]);
  return table(['σ', 'mean p', 'RMSE PyTorch', ...UNBIASED.map((id) => `RMSE \`${id}\``)], rows);
}

function approximate({ given, runs, reached }: Contest): string {
  const plain = reached.get('PyTorch')?.ms ?? null;
  const rows = ['gaussian_margin', 'taylor', 'mmse'].map((id) => {
    const own = runs.get(id) as readonly Run[];
    const rmse = rmseAfter(own, given.sigmas.length, Number.POSITIVE_INFINITY);
    const ms = endOf(own);
    const whole = Math.sqrt(mean(rmse, (each) => each ** 2) ?? 0);
    return [
      `\`${id}\``,
      seconds(ms),
      plain === null ? '-' : (plain / ms).toPrecision(3),
      error(whole),
      error(Math.max(...rmse)),
    ];
  });
  return table(
    [
      'labelled approximate',
      'time of the sweep',
      'times as soon',
      'RMSE over all radii',
      'at the worst radius',
    ],
    rows,
  );
}

function section(contest: Contest, provenance: Provenance): string {
  const { given, truth, truthCopies } = contest;
  const largest = Math.sqrt(Math.max(...truth.flat().map(({ variance }) => variance)));
  return `${given.pictures.length} ${given.pictures.length === 1 ? 'picture' : 'pictures'}, ${provenance.seeds} seeds. Truth: ${truthCopies} copies a picture and radius (standard error at most ${error(largest)}, its variance subtracted). Plain sampling needs ${plainCopies(contest, provenance.wanted)} copies a radius by the binomial law.

${sooner(contest, provenance)}

${byRadius(contest)}

${approximate(contest)}
`;
}

/** One model's section of docs/benchmarks.md, without its title. */
export function toMarkdown(contest: Contest, provenance: Provenance): string {
  return `\`${provenance.command}\`, ${today()}, on ${provenance.about}

Twelve radii, evenly spaced on a logarithmic scale, at which the mean p over the pictures falls from ${ENDS[0]} to ${ENDS[1]}; seeds and pictures in turn, both sides alternating. A side has reached the RMSE when it holds at every radius, over all seeds and pictures, of what it had told by then.

${section(contest, provenance)}`;
}
