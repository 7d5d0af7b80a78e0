import { scaleLinear } from 'd3';
import { colour, px, svgDocument } from '../../support/svg';
import type { Looks } from '../looks';

const [WIDTH, LEFT, RIGHT, TOP, BOTTOM] = [880, 210, 20, 46, 34];
/** Height that a model takes within a feature's row, and between rows. */
const [LANE, GAP] = [13, 16];
const LEGEND_WIDTH = 160;

function block(looks: readonly Looks[], top: number): { svg: string; height: number } {
  const features = looks[0]?.effects.map(({ feature }) => feature) ?? [];
  const row = looks.length * LANE + GAP;
  const bottom = top + TOP + features.length * row;
  const limits = looks.flatMap(({ effects }) => effects.flatMap(({ effect }) => [effect.lo, effect.hi]));
  const reach = Math.max(1, ...limits.map(Math.abs));
  const x = scaleLinear([-reach, reach], [LEFT, WIDTH - RIGHT]);
  const ticks = x
    .ticks(8)
    .map(
      (value) =>
        `<line class="${value === 0 ? 'faint' : 'grid'}" x1="${px(x(value))}" x2="${px(x(value))}" y1="${top + TOP - 6}" y2="${bottom}"/><text class="small" x="${px(x(value))}" y="${bottom + 12}" text-anchor="middle">${value}</text>`,
    );
  const legend = looks.map(
    ({ subject }, k) =>
      `<circle cx="${LEFT + k * LEGEND_WIDTH - 170}" cy="${top + 18}" r="4" fill="${colour(k)}"/><text x="${LEFT + k * LEGEND_WIDTH - 160}" y="${top + 22}">${subject.card.id}</text>`,
  );
  const rows = features.map((feature, f) => {
    const y = top + TOP + f * row;
    const marks = looks.map(({ effects }, k) => {
      const { value, lo, hi } = effects[f]?.effect ?? { value: 0, lo: 0, hi: 0 };
      const at = y + k * LANE + LANE / 2;
      return `<line stroke="${colour(k)}" stroke-width="1.6" x1="${px(x(lo))}" x2="${px(x(hi))}" y1="${at}" y2="${at}"/><circle cx="${px(x(value))}" cy="${at}" r="3.2" fill="${colour(k)}"/>`;
    });
    return `<text x="${LEFT - 10}" y="${y + (looks.length * LANE) / 2 + 3}" text-anchor="end">${feature}</text>${marks.join('')}`;
  });
  const axis = `<text class="small" x="${px(x(0))}" y="${bottom + 26}" text-anchor="middle">less at low p_robust ← standard deviations within the class → more at low p_robust</text>`;
  return { svg: [...legend, ...ticks, ...rows, axis].join(''), height: bottom + BOTTOM - top };
}

/** What tells images of low from images of high p_robust: a block for each data set, a row for each feature. */
export function effectsSvg(bySet: readonly (readonly Looks[])[]): string {
  let height = 0;
  const blocks = bySet.map((looks) => {
    const made = block(looks, height);
    height += made.height;
    return made.svg;
  });
  const label =
    'Difference of image features between the fifth with the lowest and the fifth with the highest p_robust';
  return svgDocument(WIDTH, height, label, blocks.join('\n'));
}
