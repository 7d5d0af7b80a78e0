import { scaleLog } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';
import { type PointerEvent, useRef } from 'react';
import { formatProbability } from '../common/format';
import { type ProbabilityScaleName, probabilityScale } from './probability-scale';
import { spread } from './spread';
import { useWidth } from './use-size';

export interface CurvePoint {
  readonly sigma: number;
  readonly p: number;
  readonly lo: number | null;
  readonly hi: number | null;
}

export interface CurveSeries {
  readonly id: string;
  readonly name: string;
  /** Sampled series are points with bars, all others lines. */
  readonly sampled: boolean;
  /** Number of the colour: --series-<n> */
  readonly colour: number;
  readonly points: readonly CurvePoint[];
}

export interface CurveChartProps {
  readonly series: readonly CurveSeries[];
  readonly range: { readonly min: number; readonly max: number };
  readonly scale: ProbabilityScaleName;
  /** Two series whose gap is shaded. */
  readonly gap: readonly [string, string] | null;
  readonly cursor: number | null;
  /** Pictures on the axis. */
  readonly thumbnails: readonly { readonly sigma: number; readonly url: string }[];
  readonly onCursor: (sigma: number) => void;
  readonly label: string;
  readonly axisLabels: { readonly x: string; readonly y: string };
}

const MARGIN = { top: 14, right: 112, bottom: 96, left: 48 };
const THUMBNAIL = 44;

/** p_robust against the noise radius on a logarithmic axis: sampled points with intervals, analytical lines. */
export function CurveChart(props: CurveChartProps) {
  const { series, range, gap, cursor, thumbnails, onCursor } = props;
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container);
  const narrow = width < 520;
  const margin = narrow ? { ...MARGIN, right: 20, left: 40 } : MARGIN;
  const height = Math.round(Math.min(520, Math.max(340, width * 0.62)));
  const [left, right] = [margin.left, width - margin.right];
  const [top, bottom] = [margin.top, height - margin.bottom];

  const x = scaleLog([range.min, range.max], [left + 8, right - 8]);
  const values = series.flatMap(({ points }) => points.flatMap(({ p, lo, hi }) => [p, lo ?? p, hi ?? p]));
  const y = probabilityScale(props.scale, values, bottom, top);

  const byId = new Map(series.map((one) => [one.id, one]));
  const lines = series.filter(({ sampled }) => !sampled);
  const gapArea = gap && shadedGap(byId.get(gap[0]), byId.get(gap[1]), x, y);
  const labelled = series.filter(({ points }) => points.length > 0);
  const labelY = spread(
    labelled.map(({ points }) => y((points.at(-1) as CurvePoint).p)),
    17,
    top + 4,
    bottom - 4,
  );

  const moveTo = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.min(right - 8, Math.max(left + 8, event.clientX - box.left));
    onCursor(x.invert(at));
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    moveTo(event);
  };
  return (
    <div ref={container} className="chart">
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={props.label}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => event.buttons > 0 && moveTo(event)}
      >
        <g className="chart-grid">
          {y.ticks.map(({ p, text }) => (
            <g key={p} transform={`translate(0,${y(p)})`}>
              <line x1={left} x2={right} />
              <text x={left - 8} dy="0.32em" textAnchor="end">
                {text}
              </text>
            </g>
          ))}
        </g>
        <g className="chart-axis">
          <line x1={left} x2={right} y1={bottom} y2={bottom} />
          {axisTicks(range, narrow).map((sigma) => (
            <g key={sigma} transform={`translate(${x(sigma)},${bottom})`}>
              <line y2={5} />
              <text y={18} textAnchor="middle">
                {sigma}
              </text>
            </g>
          ))}
          <text className="chart-axis-label" x={(left + right) / 2} y={height - 4} textAnchor="middle">
            {props.axisLabels.x}
          </text>
          <text
            className="chart-axis-label"
            transform={`translate(11,${(top + bottom) / 2}) rotate(-90)`}
            textAnchor="middle"
          >
            {props.axisLabels.y}
          </text>
        </g>
        {thumbnails.map(({ sigma, url }) => (
          <image
            key={sigma}
            href={url}
            x={Math.min(right - THUMBNAIL + 12, Math.max(left - 4, x(sigma) - THUMBNAIL / 2))}
            y={bottom + 27}
            width={THUMBNAIL}
            height={THUMBNAIL}
            className="pixelated"
          />
        ))}
        {gapArea && <path className="chart-gap" d={gapArea} />}
        {cursor !== null && (
          <g className="chart-cursor" transform={`translate(${x(cursor)},0)`}>
            <line y1={top} y2={bottom} />
            <path d={`M0,${bottom} l-6,9 h12 z`} />
          </g>
        )}
        {lines.map(({ id, colour, points }) => (
          <path
            key={id}
            className="chart-line"
            data-series={id}
            style={seriesColour(colour)}
            d={linePath(points, x, y)}
          />
        ))}
        {series
          .filter(({ sampled }) => sampled)
          .map(({ id, colour, points }) => (
            <g key={id} className="chart-points" data-series={id} style={seriesColour(colour)}>
              {points.map(({ sigma, p, lo, hi }) => (
                <g key={sigma} transform={`translate(${x(sigma)},0)`}>
                  {lo !== null && hi !== null && (
                    <path d={`M0,${y(lo)}V${y(hi)}M-4,${y(lo)}h8M-4,${y(hi)}h8`} />
                  )}
                  <circle cy={y(p)} r={4} />
                </g>
              ))}
            </g>
          ))}
        {!narrow &&
          labelled.map(({ id, name, colour, points }, i) => (
            <text
              key={id}
              className="chart-label"
              style={seriesColour(colour)}
              x={x((points.at(-1) as CurvePoint).sigma) + 12}
              y={labelY[i]}
              dy="0.32em"
            >
              {name}
            </text>
          ))}
        {cursor !== null &&
          lines.map(({ id, colour, points }) => {
            const at = points.find(({ sigma }) => sigma === cursor);
            return (
              at && (
                <circle
                  key={id}
                  className="chart-mark"
                  style={seriesColour(colour)}
                  cx={x(cursor)}
                  cy={y(at.p)}
                  r={4}
                >
                  <title>{formatProbability(at.p)}</title>
                </circle>
              )
            );
          })}
      </svg>
    </div>
  );
}

type Axis = (value: number) => number;

const seriesColour = (colour: number): Record<string, string> => ({ '--colour': `var(--series-${colour})` });

function linePath(points: readonly CurvePoint[], x: Axis, y: Axis): string {
  const path = line<CurvePoint>(
    ({ sigma }) => x(sigma),
    ({ p }) => y(p),
  ).curve(curveMonotoneX);
  return path(points) ?? '';
}

/** The area between two series over the radii that both have. */
function shadedGap(a: CurveSeries | undefined, b: CurveSeries | undefined, x: Axis, y: Axis): string | null {
  if (a === undefined || b === undefined) return null;
  const other = new Map(b.points.map(({ sigma, p }) => [sigma, p]));
  const shared = a.points.flatMap(({ sigma, p }) => {
    const q = other.get(sigma);
    return q === undefined ? [] : [{ sigma, p, q }];
  });
  const path = area<(typeof shared)[number]>(
    ({ sigma }) => x(sigma),
    ({ p }) => y(p),
    ({ q }) => y(q),
  ).curve(curveMonotoneX);
  return path(shared);
}

/** 1, 2, 5 of every power of ten within the range; fewer on a narrow chart. */
function axisTicks({ min, max }: { min: number; max: number }, narrow: boolean): number[] {
  const leads = narrow && max / min > 20 ? [1] : narrow ? [1, 2, 5] : [1, 2, 3, 5, 7];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
    for (const lead of leads) {
      const tick = Number((lead * 10 ** power).toPrecision(1));
      if (tick >= min * 0.999 && tick <= max * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}
