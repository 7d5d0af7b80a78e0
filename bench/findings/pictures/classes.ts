import { scaleLinear, scalePoint } from 'd3';
import { colour, escapeXml, px, svgDocument } from '../../support/svg';
import { type ClassSpread, meanOf } from '../classes';

const PANEL = { width: 452, height: 216, left: 40, right: 16, top: 28, bottom: 48 } as const;
const COLUMNS = 2;
/** Class names longer than this are written aslant. */
const SHORT = 2;

function panel(spread: ClassSpread, series: number): string {
  const names = spread.classes.map(({ label }) => label);
  const x = scalePoint(names, [PANEL.left, PANEL.width - PANEL.right]).padding(0.5);
  const y = scaleLinear([0, 1], [PANEL.height - PANEL.bottom, PANEL.top]);
  const aslant = names.some(({ length }) => length > SHORT);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (value) =>
      `<line class="grid" x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${px(y(value))}" y2="${px(y(value))}"/><text class="small" x="${PANEL.left - 5}" y="${px(y(value) + 3)}" text-anchor="end">${value}</text>`,
  );
  const centre = meanOf(spread);
  const marks = spread.classes.map(({ label, p }) => {
    const at = px(x(label) as number);
    const turned = aslant ? ` transform="rotate(-30 ${at} ${px(y(0) + 14)})"` : '';
    return `<line stroke="${colour(series)}" stroke-width="1.6" x1="${at}" x2="${at}" y1="${px(y(p.lo))}" y2="${px(y(p.hi))}"/><circle cx="${at}" cy="${px(y(p.value))}" r="3.4" fill="${colour(series)}"/><text class="small" x="${at}" y="${px(y(0) + 14)}" text-anchor="${aslant ? 'end' : 'middle'}"${turned}>${escapeXml(label)}</text>`;
  });
  return `<text class="title" x="${PANEL.left}" y="18">${spread.subject.card.id}, σ ${spread.sigma}</text>${ticks.join('')}<line class="faint" stroke-dasharray="4 3" x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${px(y(centre))}" y2="${px(y(centre))}"/>${marks.join('')}`;
}

/** Mean p_robust of every class with its limits, a panel for each model; dashed, the mean of the classes. */
export function classesSvg(spreads: readonly ClassSpread[]): string {
  const body = spreads.map((spread, i) => {
    const [column, row] = [i % COLUMNS, Math.floor(i / COLUMNS)];
    return `<g transform="translate(${column * PANEL.width},${row * PANEL.height})">${panel(spread, i)}</g>`;
  });
  const height = Math.ceil(spreads.length / COLUMNS) * PANEL.height;
  return svgDocument(
    COLUMNS * PANEL.width,
    height,
    'Mean p_robust of each class, a panel for each model',
    body.join('\n'),
  );
}
