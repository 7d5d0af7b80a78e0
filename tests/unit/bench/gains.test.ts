import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type GainRow, gainOver, summariseGroups, toGainsText } from '../../../bench/engine/gains';
import { readPlan } from '../../../bench/engine/plan';
import { groupsOf, KERNELS_PAGE, STOCK_MARK } from '../../../bench/engine/stock';
import { afterMark } from '../../../bench/support/section';
import { KERNEL_GROUPS } from '../../../src/workers/tfjs/kernels/groups';

const rate = (median: number) => ({ median, quartiles: [median, median] as const });

const row: GainRow = {
  modelId: 'net',
  pass: 'forward',
  batch: 64,
  threads: 1,
  difference: 2e-6,
  ours: rate(300),
  stock: rate(100),
  total: rate(3),
  groups: { convolution: rate(2), dense: rate(1.1) },
};

describe('a gain', () => {
  it('is the median of the ratios of the same rounds, not the ratio of medians', () => {
    // A round in which the machine was slow counts for both sides.
    expect(gainOver([10, 1, 8], [5, 0.5, 2])).toEqual({ median: 2, quartiles: [2, 3] });
  });

  it('needs equally many rounds on both sides', () => {
    expect(() => gainOver([1, 2], [1])).toThrow(RangeError);
    expect(() => gainOver([], [])).toThrow(RangeError);
  });
});

describe('the summary of a group', () => {
  const rows: GainRow[] = [
    row,
    { ...row, threads: 2, groups: { convolution: rate(4), dense: rate(1) } },
    { ...row, pass: 'input_gradient', groups: { convolution: rate(3) } },
  ];

  it('has least, median and most of the passes that run the group, and where the most was', () => {
    const [convolution, dense] = summariseGroups(rows);
    expect(convolution).toEqual({
      group: 'convolution',
      passes: 3,
      median: 3,
      least: 2,
      most: 4,
      where: rows[1],
    });
    expect(dense).toMatchObject({ group: 'dense', passes: 2, median: 1.05, least: 1, most: 1.1 });
    expect(summariseGroups(rows)).toHaveLength(2);
  });

  it('calls a group worth keeping where one pass gains 1.2 times, and leaves out groups that nothing runs', () => {
    const text = toGainsText(rows);
    expect(text).toContain('| convolution | 3 | 3 | 2 | 4 | net, forward, 2 threads | yes |');
    expect(text).toContain('| dense | 2 | 1.05 | 1 | 1.1 | net, forward, 1 thread | no |');
    expect(text).not.toContain('winograd');
  });

  it('marks a pass that does not run a group', () => {
    expect(toGainsText(rows)).toContain(
      '| net | input gradient | 64 | 1 | 100 | 300 | 3 (3-3) | 3 (3-3) | - | 2e-6 |',
    );
  });
});

describe('the groups of a pass', () => {
  it('are those of which it runs a kernel', () => {
    expect(groupsOf(['Reshape', '_FusedMatMul'])).toEqual(['dense', 'fused-multiply-add']);
    expect(groupsOf(['Conv2DBackpropInput', 'RectifierGradient'])).toEqual([
      'convolution-input-gradient',
      'winograd',
      'fused-multiply-add',
      'elementwise',
    ]);
  });
});

describe('the plan of --stock', () => {
  it('takes the bundled models, both passes, and writes nothing but a whole run', async () => {
    const plan = await readPlan(['--stock', '--rounds', '2']);
    expect(plan).toMatchObject({ stock: true, write: false, rounds: 2 });
    expect(plan.models).toContain('cifar10-resnet20');
    expect(plan.models).not.toContain('resnet20');
    await expect(readPlan(['--stock', '--write', '--models', 'mnist-cnn'])).rejects.toThrow(/whole run/);
    await expect(readPlan(['--stock', '--models', 'resnet20'])).rejects.toThrow(/no model “resnet20”/);
  });
});

describe('the page of the kernels', () => {
  const page = readFileSync(KERNELS_PAGE, 'utf8');

  it('has a place for the figures, and what stands above it stays', () => {
    const above = page.slice(0, page.indexOf(STOCK_MARK));
    expect(above).toContain('# Our kernels');
    expect(afterMark(page, STOCK_MARK, 'figures')).toBe(`${above}${STOCK_MARK}\n\nfigures\n`);
  });

  it('says of every group what tfjs does and what ours do', () => {
    for (const group of KERNEL_GROUPS)
      expect(page).toMatch(new RegExp(`^\\| \`${group}\` \\| .+ \\| .+ \\|$`, 'm'));
  });
});
