import { area, extent, line, type ScaleLinear, type ScaleLogarithmic, scaleLinear, scaleLog } from 'd3';
import { formatCount } from '../ui/format';
import styles from './ConvergenceChart.module.css';
import { Hit, seriesColour } from './CurveMarks';
import { type CurveSeries, isFaded, seriesKey } from './curve';
import { XAxis, YAxis } from './primitives/Axis';
import { Clip, Frame, isNarrow, type Plot } from './primitives/Frame';
import { spreadBoxes } from './primitives/spread';
import { textWidth } from './primitives/text-width';
import { decadeTicks, linearTicks } from './primitives/ticks';
import { useWidth } from './primitives/use-width';

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
/** Least height of the axis, in probability: less would show rounding as if it were news. */
const LEAST_SPAN = 0.02;

type Axes = {
  readonly x: ScaleLogarithmic<number, number>;
  readonly y: ScaleLinear<number, number>;
};

/** Estimates with their intervals against what they cost, on a logarithmic axis; those of one step as points. */
export function ConvergenceChart({ series, highlighted, label, axisLabels }: ConvergenceChartProps) {
  const [container, width] = useWidth();
  const narrow = isNarrow(width);
  const longest = Math.max(0, ...series.map(({ name }) => textWidth(name, 'name')));
  const plot: Plot = {
    width,
    height: HEIGHT,
    left: 52,
    right: width - (narrow ? 16 : Math.max(120, 24 + longest)),
    top: 12,
    bottom: HEIGHT - 46,
  };
  const { left, right, top, bottom } = plot;
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
      width: 24 + textWidth(name, 'name'),
    })),
    15,
    top + 4,
    bottom - 8,
  );
  return (
    <Frame container={container} plot={plot} label={label}>
      <YAxis plot={plot} ticks={linearTicks(y, 5)} title={axisLabels.y} />
      <XAxis plot={plot} ticks={decadeTicks(x, formatCount)} title={axisLabels.x} />
      {ends.map((one) => (
        <g
          key={seriesKey(one)}
          data-part="way"
          data-compared={one.isCompared ?? false}
          data-series={one.id}
          data-faded={isFaded(one.id, highlighted)}
          style={seriesColour(one.colour)}
        >
          <Clip plot={plot}>
            {one.sampled && <Way points={one.points} x={x} y={y} />}
            {!one.sampled && one.last.lo !== null && one.last.hi !== null && (
              <path className={styles.bar} d={`M${x(one.last.cost)},${y(one.last.lo)}V${y(one.last.hi)}`} />
            )}
          </Clip>
          <circle className={styles.end} cx={x(one.last.cost)} cy={y(one.last.p)} r={4.5} />
        </g>
      ))}
      {!narrow &&
        ends.map((one, i) => {
          const [left, middle] = [x(one.last.cost) + 10, labelY[i] as number];
          return (
            <g key={seriesKey(one)} data-series={one.id} data-faded={isFaded(one.id, highlighted)}>
              <rect
                className={styles.ground}
                x={left - 2}
                y={middle - 7}
                width={textWidth(one.name, 'name') + 2}
                height={14}
              />
              <text className={styles.name} style={seriesColour(one.colour)} x={left} y={middle} dy="0.32em">
                {one.name}
              </text>
            </g>
          );
        })}
    </Frame>
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
      <path className={styles.band} d={band(known) ?? ''} />
      <Hit d={d} />
      <path className={styles.line} data-part="way-line" d={d} />
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
