import { line, scaleLinear } from 'd3';
import type { Interval } from '../../../src/statistics';
import { colour, px, svgDocument } from '../../support/svg';
import { ANALYTICAL, type Analytical } from '../regularised';

/** Errors of the estimators on one model at one radius. */
export interface ErrorPoint {
  readonly model: string;
  readonly meanP: number;
  /** Mean absolute error of an exact estimator against as many copies. */
  readonly floor: number;
  readonly errors: Readonly<Record<Analytical, Interval>>;
}

const PANEL = { width: 226, height: 200, left: 40, right: 12, top: 26, bottom: 36 } as const;
const HEAD = 40;
const LEGEND_WIDTH = 190;

function panel(points: readonly ErrorPoint[], models: readonly string[], id: Analytical, top: number) {
  const lowest = Math.min(0.4, ...points.map(({ meanP }) => meanP));
  const x = scaleLinear([lowest, 1], [PANEL.left, PANEL.width - PANEL.right]);
  const y = scaleLinear([0, top], [PANEL.height - PANEL.bottom, PANEL.top]).nice(4);
  const [floorY, topY] = [px(y.range()[0] as number), px(y.range()[1] as number)];
  const ticks = [
    ...x
      .ticks(4)
      .map(
        (value) =>
          `<line class="grid" x1="${px(x(value))}" x2="${px(x(value))}" y1="${floorY}" y2="${topY}"/><text class="small" x="${px(x(value))}" y="${px(Number(floorY) + 12)}" text-anchor="middle">${value}</text>`,
      ),
    ...y
      .ticks(4)
      .map(
        (value) =>
          `<line class="grid" x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${px(y(value))}" y2="${px(y(value))}"/><text class="small" x="${PANEL.left - 5}" y="${px(y(value) + 3)}" text-anchor="end">${value}</text>`,
      ),
  ];
  const series = models.map((model, k) => {
    const own = points.filter((point) => point.model === model).sort((a, b) => a.meanP - b.meanP);
    const shape = (of: (point: ErrorPoint) => number) =>
      line<ErrorPoint>(
        ({ meanP }) => x(meanP),
        (point) => y(of(point)),
      )(own);
    const marks = own.map(({ meanP, errors }) => {
      const { value, lo, hi } = errors[id];
      return `<line x1="${px(x(meanP))}" x2="${px(x(meanP))}" y1="${px(y(lo))}" y2="${px(y(hi))}" stroke-width="1"/><circle cx="${px(x(meanP))}" cy="${px(y(value))}" r="2.6" fill="${colour(k)}" stroke="none"/>`;
    });
    return `<g stroke="${colour(k)}" fill="none"><path d="${shape(({ errors }) => errors[id].value)}" stroke-width="1.4"/><path d="${shape(({ floor }) => floor)}" stroke-dasharray="2 3" opacity="0.8"/>${marks.join('')}</g>`;
  });
  return `<text x="${PANEL.left}" y="18">${id}</text>${ticks.join('')}${series.join('')}<text class="small" x="${(PANEL.left + PANEL.width - PANEL.right) / 2}" y="${PANEL.height - 8}" text-anchor="middle">mean p_robust</text>`;
}

/** Mean absolute error against mean p_robust: a row for each ordinary model with its robust ones, a column for each estimator. */
export function errorsSvg(families: ReadonlyMap<string, readonly ErrorPoint[]>): string {
  const row = PANEL.height + HEAD;
  const body = Array.from(families.entries(), ([family, points], r) => {
    const models = [...new Set(points.map(({ model }) => model))];
    const top = Math.max(...points.flatMap(({ errors }) => ANALYTICAL.map((id) => errors[id].hi)));
    const legend = models.map(
      (model, k) =>
        `<circle cx="${PANEL.left + k * LEGEND_WIDTH}" cy="${r * row + 28}" r="4" fill="${colour(k)}"/><text x="${PANEL.left + 10 + k * LEGEND_WIDTH}" y="${r * row + 32}">${model}</text>`,
    );
    const panels = ANALYTICAL.map(
      (id, k) =>
        `<g transform="translate(${k * PANEL.width},${r * row + HEAD})">${panel(points, models, id, top)}</g>`,
    );
    return `<text class="title" x="${PANEL.left}" y="${r * row + 14}">Mean absolute error against sampling: ${family} and robust models</text>${legend.join('')}${panels.join('')}`;
  });
  const label = 'Mean absolute error of the estimators against mean p_robust, ordinary and robust models';
  return svgDocument(ANALYTICAL.length * PANEL.width, families.size * row, label, body.join('\n'));
}
