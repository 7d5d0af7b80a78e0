import { scaleLinear } from 'd3';
import { mean } from '../../../src/statistics';
import { colour, px, svgDocument } from '../../support/svg';
import type { Compared } from '../plan';
import type { CaseSet } from '../results';
import { round } from '../text';

const SHOWN: readonly Compared[] = ['softmax', 'taylor', 'mmse', 'gaussian_margin'];
const PANEL = { width: 196, height: 178, left: 32, right: 12, top: 24, bottom: 30 } as const;
const HEAD = 20;

/** One panel: what an estimator says of each image against sampling. */
function panel(set: CaseSet, id: Compared, series: number, at: { x: number; y: number }): string {
  const x = scaleLinear([0, 1], [PANEL.left, PANEL.width - PANEL.right]);
  const y = scaleLinear([0, 1], [PANEL.height - PANEL.bottom, PANEL.top]);
  const ticks = [0, 0.5, 1].map(
    (value) =>
      `<line class="grid" x1="${px(x(value))}" x2="${px(x(value))}" y1="${px(y(0))}" y2="${px(y(1))}"/><line class="grid" x1="${px(x(0))}" x2="${px(x(1))}" y1="${px(y(value))}" y2="${px(y(value))}"/><text class="small" x="${px(x(value))}" y="${px(y(0) + 12)}" text-anchor="middle">${value}</text><text class="small" x="${px(x(0) - 5)}" y="${px(y(value) + 3)}" text-anchor="end">${value}</text>`,
  );
  const dots = Array.from(
    set.p,
    (p, i) => `<circle cx="${px(x(p))}" cy="${px(y(set.estimates[id][i] as number))}" r="2"/>`,
  );
  return `<g transform="translate(${at.x},${at.y})">${ticks.join('')}<line class="faint" x1="${px(x(0))}" y1="${px(y(0))}" x2="${px(x(1))}" y2="${px(y(1))}"/><g fill="${colour(series)}" fill-opacity="0.55">${dots.join('')}</g><text class="small" x="${px((x(0) + x(1)) / 2)}" y="${PANEL.height - 6}" text-anchor="middle">sampled p_robust</text></g>`;
}

/** A row of panels for each model, a column for each estimator. */
export function scatterSvg(sets: readonly CaseSet[]): string {
  const row = PANEL.height + HEAD;
  const body = sets.map((set, r) => {
    const title = `${set.subject.card.id}, σ ${set.radius.sigma}, mean p_robust ${round(mean(set.p))}`;
    const panels = SHOWN.map((id, k) => panel(set, id, k, { x: k * PANEL.width, y: r * row + HEAD }));
    const names = SHOWN.map(
      (id, k) =>
        `<text x="${k * PANEL.width + PANEL.left}" y="${r * row + HEAD + 16}" style="fill:${colour(k)}">${id}</text>`,
    );
    return `<text class="title" x="${PANEL.left}" y="${r * row + 15}">${title}</text>${panels.join('')}${names.join('')}`;
  });
  const label = 'What estimators say of each image against sampling, a row for each model';
  return svgDocument(SHOWN.length * PANEL.width, sets.length * row, label, body.join('\n'));
}
