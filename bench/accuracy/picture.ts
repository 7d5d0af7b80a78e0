import { line, scaleLog } from 'd3';
import { colour as colourOf, px as fixed, svgDocument } from '../support/svg';
import { RANGES } from './plan';
import type { Results } from './results';

const PANEL = { width: 330, height: 250, left: 56, top: 34, right: 112, bottom: 44 } as const;
const [FEWEST, MOST] = [0.8, 30_000];
const [LEAST, LARGEST] = [0.001, 1];
/** Ranges that the picture shows, as numbers in RANGES. */
const SHOWN = [1, 2, 3];
/** Least distance of two labels. */
const LABEL_HEIGHT = 11;

interface Point {
  readonly cost: number;
  readonly rmse: number;
}

/** One panel: error against cost of every estimator, both on logarithmic scales. */
function panel(
  title: string,
  series: ReadonlyMap<string, readonly Point[]>,
  at: { x: number; y: number },
): string {
  const x = scaleLog([FEWEST, MOST], [PANEL.left, PANEL.width - PANEL.right]);
  const y = scaleLog([LEAST, LARGEST], [PANEL.height - PANEL.bottom, PANEL.top]);
  const shape = line<Point>(
    ({ cost }) => x(cost),
    ({ rmse }) => y(rmse),
  );
  const ticks = [
    ...[1, 10, 100, 1000, 10_000].map(
      (cost) =>
        `<line class="grid" x1="${fixed(x(cost))}" x2="${fixed(x(cost))}" y1="${PANEL.top}" y2="${PANEL.height - PANEL.bottom}"/><text x="${fixed(x(cost))}" y="${PANEL.height - PANEL.bottom + 14}" text-anchor="middle">${cost}</text>`,
    ),
    ...[0.001, 0.01, 0.1, 1].map(
      (rmse) =>
        `<line class="grid" x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${fixed(y(rmse))}" y2="${fixed(y(rmse))}"/><text x="${PANEL.left - 6}" y="${fixed(y(rmse) + 4)}" text-anchor="end">${rmse}</text>`,
    ),
  ];
  const labels: { name: string; colour: string; y: number; from: Point }[] = [];
  const marks = Array.from(series.entries(), ([name, points], i) => {
    const colour = colourOf(i);
    const clamped = points
      .map(({ cost, rmse }) => ({
        cost: Math.min(MOST, Math.max(FEWEST, cost)),
        rmse: Math.min(LARGEST, Math.max(LEAST, rmse)),
      }))
      .sort((a, b) => a.cost - b.cost);
    const last = clamped.at(-1);
    if (last === undefined) return '';
    labels.push({ name, colour, y: y(last.rmse), from: last });
    const dots = clamped.map(
      ({ cost, rmse }) => `<circle cx="${fixed(x(cost))}" cy="${fixed(y(rmse))}" r="2.6" fill="${colour}"/>`,
    );
    return `<path d="${shape(clamped)}" fill="none" stroke="${colour}" stroke-width="1.4"/>${dots.join('')}`;
  });
  labels.sort((a, b) => a.y - b.y);
  let free = PANEL.top - LABEL_HEIGHT;
  const texts = labels.map(({ name, colour, y: wanted, from }) => {
    free = Math.max(free + LABEL_HEIGHT, wanted);
    const edge = PANEL.width - PANEL.right + 8;
    return `<path d="M${fixed(x(from.cost) + 3)},${fixed(y(from.rmse))}L${edge - 2},${fixed(free)}" stroke="${colour}" stroke-width="0.5" opacity="0.6"/><text x="${edge}" y="${fixed(free + 3)}" fill="${colour}" style="fill:${colour}">${name}</text>`;
  });
  return `<g transform="translate(${at.x},${at.y})"><text class="title" x="${PANEL.left}" y="20">${title}</text>${ticks.join('')}${marks.join('')}${texts.join('')}<text x="${(PANEL.left + PANEL.width - PANEL.right) / 2}" y="${PANEL.height - 12}" text-anchor="middle">forward passes</text></g>`;
}

/** Error against cost, a row of panels for each model, a column for each range of p; readable on light and dark. */
export function toSvg(results: Results, models: readonly string[]): string {
  const panels = models.flatMap((model, row) =>
    SHOWN.map((range, column) => {
      const series = new Map<string, Point[]>();
      for (const { contender, scores } of results.scored) {
        const found = scores[model]?.[range];
        if (found === null || found === undefined) continue;
        const { id } = contender.definition;
        series.set(id, [...(series.get(id) ?? []), { cost: found.cost, rmse: found.rmse }]);
      }
      const [low, high] = RANGES[range] as (typeof RANGES)[number];
      const title = `${model}, p from ${low} to ${high}`;
      return panel(title, series, { x: column * PANEL.width, y: row * PANEL.height });
    }),
  );
  const [width, height] = [SHOWN.length * PANEL.width, models.length * PANEL.height];
  return svgDocument(
    width,
    height,
    'Root mean square error of every estimator against its cost',
    panels.join('\n'),
  );
}
