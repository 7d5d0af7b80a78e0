import { scaleLog } from 'd3';
import { type PointerEvent, useMemo } from 'react';
import { formatProbability } from '../ui/format';
import { AxisMarks, MARK_ROW } from './AxisMarks';
import styles from './CurveChart.module.css';
import { type GapKind, SeriesLine, SeriesPoints, ShadedGap, seriesColour } from './CurveMarks';
import { type AxisMark, type CurveSeries, isFaded, seriesKey } from './curve';
import { XAxis, YAxis } from './primitives/Axis';
import { Frame, isNarrow, type Plot } from './primitives/Frame';
import { dragHandlers, pointWithin } from './primitives/pointer';
import { spreadOut } from './primitives/spread';
import { textWidth } from './primitives/text-width';
import { logTicks } from './primitives/ticks';
import { useWidth } from './primitives/use-width';
import { type ProbabilityScaleName, probabilityScale } from './probability-scale';
import { type NoisyPicture, THUMBNAIL, Thumbnails } from './Thumbnails';
import { drawnSeries } from './thinned';

export interface CurveChartProps {
  readonly series: readonly CurveSeries[];
  readonly range: { readonly min: number; readonly max: number };
  readonly scale: ProbabilityScaleName;
  /** Keys of two series whose gap is shaded; what it is a gap of. */
  readonly gap: readonly [string, string] | null;
  readonly gapKind?: GapKind;
  readonly cursor: number | null;
  /** Values at the cursor. */
  readonly marks: readonly (Pick<CurveSeries, 'id' | 'isCompared' | 'colour'> & { readonly p: number })[];
  readonly distances?: readonly AxisMark[];
  /** Id of the series that stands out. */
  readonly highlighted?: string | null;
  /** Its noisy copies stand on the axis. */
  readonly picture: NoisyPicture | null;
  readonly onCursor: (sigma: number) => void;
  /** The cursor was let go of. */
  readonly onRelease?: (() => void) | undefined;
  readonly label: string;
  readonly axisLabels: { readonly x: string; readonly y: string };
}

/** Space between the frame and the first and last radius, so that bars are not cut. */
const INSET = 8;

/** Below the axis: ticks, rows of distances, pictures, title. */
const TICKS = 27;
const TITLE = 25;

function plotFor(
  width: number,
  scale: ProbabilityScaleName,
  series: readonly CurveSeries[],
  rows: number,
): Plot {
  const narrow = isNarrow(width);
  const names = series.flatMap(({ name, of = '' }) => [name, of]);
  const longest = Math.max(0, ...names.map((name) => textWidth(name, 'strongName')));
  const bottom = Math.round(Math.min(424, Math.max(244, width * 0.62 - 96)));
  return {
    width,
    height: bottom + TICKS + rows * MARK_ROW + THUMBNAIL + TITLE,
    left: (narrow ? 30 : 48) + (scale === 'logit' ? 24 : 0),
    right: width - (narrow ? 16 : Math.max(146, 20 + longest)),
    top: narrow ? 34 : 14,
    bottom,
  };
}

/** p_robust against the noise radius on a logarithmic axis: sampled points with intervals, analytical lines. */
export function CurveChart(props: CurveChartProps) {
  const { range, gap, gapKind = 'error', cursor, picture, onCursor } = props;
  const series = useMemo(() => drawnSeries(props.series), [props.series]);
  const { distances = [], highlighted = null } = props;
  const [container, width] = useWidth();
  const narrow = isNarrow(width);
  // Room for what is still to come: the frame does not move when it does.
  const isPair = labelledTwice(series);
  const rows = isPair ? 2 : 1;
  const plot = plotFor(width, props.scale, series, rows);
  const { left, right, top, bottom } = plot;

  const x = scaleLog([range.min, range.max], [left + INSET, right - INSET]);
  const values = series.flatMap(({ points }) => points.flatMap(({ p, lo, hi }) => [p, lo ?? p, hi ?? p]));
  const y = probabilityScale(props.scale, values, bottom, top);

  const [first, second] = (gap ?? []).map((key) => props.series.find((one) => seriesKey(one) === key));
  const labels = placedLabels(series, y, [top - 4, bottom + 4]);

  const moveTo = (event: PointerEvent<SVGElement>): void => {
    const [at] = pointWithin(event.currentTarget, event, width);
    onCursor(x.invert(Math.min(right - INSET, Math.max(left + INSET, at))));
  };

  return (
    <Frame
      container={container}
      plot={plot}
      label={props.label}
      pointer="drag"
      {...dragHandlers({ onPress: moveTo, onMove: moveTo, onRelease: props.onRelease })}
    >
      <YAxis plot={plot} ticks={y.ticks} title={props.axisLabels.y} titleSide={narrow ? 'above' : 'beside'} />
      <XAxis plot={plot} ticks={logTicks(x)} title={props.axisLabels.x} />
      {picture && <Thumbnails picture={picture} plot={plot} x={x} top={bottom + TICKS + rows * MARK_ROW} />}
      {first && second && (
        <ShadedGap between={[first, second]} kind={gapKind} x={x} y={y} scale={props.scale} />
      )}
      {cursor !== null && (
        <g className={styles.cursor} data-part="cursor" transform={`translate(${x(cursor)},0)`}>
          <line y1={top} y2={bottom} />
          <path d={`M0,${bottom} l-6,9 h12 z`} />
        </g>
      )}
      {series.map((one) => {
        const marks = { series: one, faded: isFaded(one.id, highlighted), x, y };
        return one.sampled ? (
          <SeriesPoints key={seriesKey(one)} {...marks} scale={props.scale} />
        ) : (
          <SeriesLine key={seriesKey(one)} {...marks} />
        );
      })}
      <AxisMarks marks={distances} plot={plot} isNarrow={narrow} x={x} top={bottom + TICKS - 3} />
      {cursor !== null &&
        props.marks.map(({ id, isCompared, colour, p }) => (
          <circle
            key={seriesKey({ id, isCompared })}
            className={styles.mark}
            data-part="cursor-mark"
            data-series={id}
            data-faded={isFaded(id, highlighted)}
            style={seriesColour(colour)}
            cx={x(cursor)}
            cy={y(p)}
            r={4.5}
          >
            <title>{formatProbability(p)}</title>
          </circle>
        ))}
      {!narrow &&
        labels.map(({ of, name, at, ...one }) => (
          <text
            key={seriesKey(one)}
            className={styles.name}
            data-series={one.id}
            data-faded={isFaded(one.id, highlighted)}
            style={seriesColour(one.colour)}
            x={x(one.last.sigma) + 14}
            y={at - (of === undefined ? 0 : LINE / 2)}
            dy="0.32em"
          >
            {of}
            <tspan
              className={isPair ? styles.second : undefined}
              x={x(one.last.sigma) + 14}
              dy={of === undefined ? undefined : LINE}
            >
              {name}
            </tspan>
          </text>
        ))}
    </Frame>
  );
}

const labelledTwice = (series: readonly CurveSeries[]): boolean => series.some(({ of }) => of !== undefined);

/** Height of a line of a label. */
const LINE = 15;

/** Where the names of the curves stand, at their ends; of each curve's series the sampled or else first one names it too. */
function placedLabels(
  series: readonly CurveSeries[],
  y: (p: number) => number,
  [top, bottom]: readonly [number, number],
) {
  const heads = [false, true].map((isCompared) => {
    const own = series.filter((one) => Boolean(one.isCompared) === isCompared);
    return own.find(({ sampled }) => sampled) ?? own[0];
  });
  const labelled = series.flatMap((one) => {
    const last = one.points.at(-1);
    const { of, ...rest } = one;
    const isHead = heads.includes(one) && of !== undefined;
    return last === undefined ? [] : [{ ...rest, ...(isHead ? { of } : {}), last }];
  });
  const positions = labelled.map(({ last }) => y(last.p));
  const heights = labelled.map((one) => ('of' in one ? 2 * LINE + 2 : LINE + 2));
  const places = spreadOut(positions, heights, top, bottom);
  return labelled.map((one, i) => ({ of: undefined, ...one, at: places[i] as number }));
}
