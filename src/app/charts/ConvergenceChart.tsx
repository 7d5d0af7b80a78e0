import { area, extent, line, type ScaleLinear, type ScaleLogarithmic, scaleLinear, scaleLog } from 'd3';
import { useId, useRef } from 'react';
import { formatCount } from '../ui/format';
import { seriesColour } from './CurveMarks';
import { type CurveSeries, isFaded, seriesKey } from './curve';
import { spreadBoxes } from './spread';
import { useWidth } from './use-width';

export interface ConvergencePoint {
  /** In forward passes. */
  readonly cost: number;
  readonly p: number;
  readonly lo: number | null;
  readonly hi: number | null;
}

/** An estimator's way at one radius; of one that is not sampled, where it stands. */
export type ConvergenceSeries = Omit<CurveSeries, 'points'> & {
  readonly points: readonly ConvergencePoint[];
};

export interface ConvergenceChartProps {
  readonly series: readonly ConvergenceSeries[];
  /** Id of the estimator that stands out. */
  readonly highlighted: string | null;
  readonly label: string;
  readonly axisLabels: { readonly x: string; readonly y: string };
}

const HEIGHT = 300;
const LETTER = 7.2;
/** Least height of the axis, in probability: less would show rounding as if it were news. */
const LEAST_SPAN = 0.02;

type Axes = {
  readonly x: ScaleLogarithmic<number, number>;
  readonly y: ScaleLinear<number, number>;
};

/** Estimates with their intervals against what they cost, on a logarithmic axis; those of one step as points. */
export function ConvergenceChart({ series, highlighted, label, axisLabels }: ConvergenceChartProps) {
  const container = useRef<HTMLDivElement>(null);
  const clip = useId();
  const width = useWidth(container);
  const narrow = width < 520;
  const longest = Math.max(0, ...series.map(({ name }) => name.length));
  const [left, top, bottom] = [52, 12, HEIGHT - 46];
  const right = width - (narrow ? 16 : Math.max(120, 24 + LETTER * longest));
  const x = scaleLog(costRange(series), [left + 8, right - 8]);
  const y = scaleLinear(probabilityRange(series), [bottom, top]);
  const ends = series.flatMap((one) => {
    const last = one.points.at(-1);
    return last === undefined ? [] : [{ ...one, last }];
  });
  const labelY = spreadBoxes(
    ends.map(({ last, name }) => ({
      x: x(last.cost),
      y: y(last.p),
      width: 24 + LETTER * name.length,
    })),
    15,
    top + 4,
    bottom - 8,
  );
  return (
    <div ref={container} className="chart convergence">
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
        <clipPath id={clip}>
          <rect x={left} y={top} width={right - left} height={bottom - top} />
        </clipPath>
        <g className="chart-grid">
          {y.ticks(5).map((p) => (
            <g key={p} transform={`translate(0,${y(p)})`}>
              <line x1={left} x2={right} />
              <text x={left - 8} dy="0.32em" textAnchor="end">
                {y.tickFormat(5)(p)}
              </text>
            </g>
          ))}
        </g>
        <g className="chart-axis">
          <line x1={left} x2={right} y1={bottom} y2={bottom} />
          {powersOfTen(x.domain()).map((cost) => (
            <g key={cost} transform={`translate(${x(cost)},${bottom})`}>
              <line y2={5} />
              <text y={18} textAnchor="middle">
                {formatCount(cost)}
              </text>
            </g>
          ))}
          <text className="chart-axis-label" x={(left + right) / 2} y={HEIGHT - 6} textAnchor="middle">
            {axisLabels.x}
          </text>
          <text
            className="chart-axis-label"
            transform={`translate(11,${(top + bottom) / 2}) rotate(-90)`}
            textAnchor="middle"
          >
            {axisLabels.y}
          </text>
        </g>
        {ends.map((one) => (
          <g
            key={seriesKey(one)}
            className={one.beside ? 'way chart-beside' : 'way'}
            data-series={one.id}
            data-faded={isFaded(one.id, highlighted)}
            style={seriesColour(one.colour)}
          >
            <g clipPath={`url(#${clip})`}>
              {one.sampled && <Way points={one.points} x={x} y={y} />}
              {!one.sampled && one.last.lo !== null && one.last.hi !== null && (
                <path className="way-bar" d={`M${x(one.last.cost)},${y(one.last.lo)}V${y(one.last.hi)}`} />
              )}
            </g>
            <circle className="way-end" cx={x(one.last.cost)} cy={y(one.last.p)} r={4.5} />
          </g>
        ))}
        {!narrow &&
          ends.map((one, i) => {
            const [left, middle] = [x(one.last.cost) + 10, labelY[i] as number];
            return (
              <g key={seriesKey(one)} data-series={one.id} data-faded={isFaded(one.id, highlighted)}>
                <rect
                  className="chart-label-ground"
                  x={left - 2}
                  y={middle - 7}
                  width={LETTER * one.name.length + 2}
                  height={14}
                />
                <text
                  className="chart-label"
                  style={seriesColour(one.colour)}
                  x={left}
                  y={middle}
                  dy="0.32em"
                >
                  {one.name}
                </text>
              </g>
            );
          })}
      </svg>
    </div>
  );
}

function Way({ points, x, y }: Axes & { readonly points: readonly ConvergencePoint[] }) {
  const known = points.filter(({ lo, hi }) => lo !== null && hi !== null);
  const band = area<ConvergencePoint>(
    ({ cost }) => x(cost),
    ({ lo }) => y(lo as number),
    ({ hi }) => y(hi as number),
  );
  const path = line<ConvergencePoint>(
    ({ cost }) => x(cost),
    ({ p }) => y(p),
  );
  const d = path(points) ?? '';
  return (
    <>
      <path className="way-band" d={band(known) ?? ''} />
      <path className="chart-hit" d={d} />
      <path className="way-line" d={d} />
    </>
  );
}

/** All costs, with room at either side, and at least a power of ten. */
function costRange(series: readonly ConvergenceSeries[]): [number, number] {
  const [low = 1, high = 10] = extent(series.flatMap(({ points }) => points.map(({ cost }) => cost)));
  const min = Math.max(1, low * 0.8);
  return [min, Math.max(high * 1.1, 10 * min)];
}

/** All estimates, and where the intervals end; those at the beginning may reach further. */
function probabilityRange(series: readonly ConvergenceSeries[]): [number, number] {
  const values = series.flatMap(({ points }) => {
    const last = points.at(-1);
    return [...points.map(({ p }) => p), last?.lo ?? last?.p, last?.hi ?? last?.p];
  });
  const [low = 0, high = 1] = extent(values.filter((value) => value !== undefined));
  const margin = Math.max(LEAST_SPAN / 2, 0.15 * (high - low));
  return [Math.max(0, low - margin), Math.min(1, high + margin)];
}

function powersOfTen([min = 1, max = 1]: readonly number[]): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9);
  const count = Math.floor(Math.log10(max) + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => 10 ** (first + i));
}
