import { median } from 'd3';
import { KERNEL_GROUPS, type KernelGroup } from '../../src/workers/tfjs/kernels/groups';
import { table } from '../support/markdown';
import { PASS_NAMES, type Row } from './report';
import { type Rate, summarise } from './rounds';

/** Rates of ours over those of a side that has tfjs's kernels in some place, round by round. */
type Gain = Rate;

/** A group is worth keeping for its speed where some pass gains at least so much by it. */
const WORTH_KEEPING = 1.2;

/** One model, pass and number of threads. */
export interface GainRow extends Pick<Row, 'modelId' | 'pass' | 'batch' | 'threads' | 'difference'> {
  /** Images per second with our kernels. */
  readonly ours: Rate;
  /** Images per second with tfjs's kernels wherever it has them. */
  readonly stock: Rate;
  readonly total: Gain;
  /** Gain of all our kernels over all but one group's; without those groups that the pass does not run. */
  readonly groups: Readonly<Partial<Record<KernelGroup, Gain>>>;
}

/**
 * Divides the rates of the same rounds, so that what slowed both of them in a round cancels, and takes median and quartiles.
 * @param ours images per second, one a round @param other those of the side that is compared with, round by round
 */
export function gainOver(ours: readonly number[], other: readonly number[]): Gain {
  if (ours.length === 0 || ours.length !== other.length) {
    throw new RangeError('a gain needs two sides with equally many rounds, at least one');
  }
  return summarise(ours.map((rate, round) => rate / (other[round] as number)));
}

/** A group's gains over all passes that run it. */
interface GroupSummary {
  readonly group: KernelGroup;
  readonly passes: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** The row of the largest gain. */
  readonly where: GainRow;
}

/** Sums up every group that some row has. */
export function summariseGroups(rows: readonly GainRow[]): GroupSummary[] {
  return KERNEL_GROUPS.flatMap((group) => {
    const gains = rows.flatMap((row) => {
      const gain = row.groups[group];
      return gain === undefined ? [] : [{ row, value: gain.median }];
    });
    const sorted = [...gains].sort((a, b) => a.value - b.value);
    const [least, most] = [sorted[0], sorted.at(-1)];
    if (least === undefined || most === undefined) return [];
    const values = sorted.map(({ value }) => value);
    const middle = median(values) as number;
    return [
      { group, passes: gains.length, median: middle, least: least.value, most: most.value, where: most.row },
    ];
  });
}

const three = (value: number): string => String(Number(value.toPrecision(3)));

const gainText = (gain: Gain | undefined): string =>
  gain === undefined ? '-' : `${three(gain.median)} (${gain.quartiles.map(three).join('-')})`;

const threadsText = (threads: number): string => (threads === 1 ? '1 thread' : `${threads} threads`);

const passText = ({ modelId, pass, threads }: GainRow): string =>
  `${modelId}, ${PASS_NAMES[pass]}, ${threadsText(threads)}`;

/** Both tables as Markdown: every pass with the gain of each group, then each group over all passes. */
export function toGainsText(rows: readonly GainRow[]): string {
  const used = KERNEL_GROUPS.filter((group) => rows.some((row) => row.groups[group] !== undefined));
  const passes = table(
    ['model', 'pass', 'batch', 'threads', 'tfjs', 'ours', 'gain', ...used, 'largest difference'],
    rows.map((row) => [
      row.modelId,
      PASS_NAMES[row.pass],
      String(row.batch),
      String(row.threads),
      three(row.stock.median),
      three(row.ours.median),
      gainText(row.total),
      ...used.map((group) => gainText(row.groups[group])),
      row.difference.toExponential(0),
    ]),
  );
  const groups = table(
    ['group', 'passes', 'median gain', 'least', 'most', 'most in', `at least ${WORTH_KEEPING} somewhere`],
    summariseGroups(rows).map(({ group, passes: count, median: middle, least, most, where }) => [
      group,
      String(count),
      three(middle),
      three(least),
      three(most),
      passText(where),
      most >= WORTH_KEEPING ? 'yes' : 'no',
    ]),
  );
  return `${passes}\n\n${groups}\n`;
}
