import { scaleLog } from 'd3-scale';
import { type PointerEvent, useRef } from 'react';
import { formatProbability } from '../common/format';
import { CurveAxes, type Frame } from './CurveAxes';
import { SeriesLine, SeriesPoints, ShadedGap, seriesColour } from './CurveMarks';
import type { CurveSeries } from './curve';
import { type ProbabilityScaleName, probabilityScale } from './probability-scale';
import { spread } from './spread';
import { useWidth } from './use-width';

export interface CurveChartProps {
  readonly series: readonly CurveSeries[];
  readonly range: { readonly min: number; readonly max: number };
  readonly scale: ProbabilityScaleName;
  /** Ids of two series whose gap is shaded. */
  readonly gap: readonly [string, string] | null;
  readonly cursor: number | null;
  /** Values at the cursor. */
  readonly marks: readonly { readonly id: string; readonly colour: number; readonly p: number }[];
  /** Pictures on the axis. */
  readonly thumbnails: readonly { readonly sigma: number; readonly url: string }[];
  readonly onCursor: (sigma: number) => void;
  readonly label: string;
  readonly axisLabels: { readonly x: string; readonly y: string };
}

const THUMBNAIL = 44;
/** Space between the frame and the first and last radius, so that bars are not cut. */
const INSET = 8;

function frameFor(width: number, scale: ProbabilityScaleName): Frame {
  const narrow = width < 520;
  const height = Math.round(Math.min(520, Math.max(340, width * 0.62)));
  return {
    narrow,
    height,
    left: (narrow ? 30 : 48) + (scale === 'logit' ? 24 : 0),
    right: width - (narrow ? 16 : 156),
    top: narrow ? 34 : 14,
    bottom: height - 96,
  };
}

/** p_robust against the noise radius on a logarithmic axis: sampled points with intervals, analytical lines. */
export function CurveChart(props: CurveChartProps) {
  const { series, range, gap, cursor, thumbnails, onCursor } = props;
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container);
  const frame = frameFor(width, props.scale);
  const { left, right, top, bottom, height } = frame;

  const x = scaleLog([range.min, range.max], [left + INSET, right - INSET]);
  const values = series.flatMap(({ points }) => points.flatMap(({ p, lo, hi }) => [p, lo ?? p, hi ?? p]));
  const y = probabilityScale(props.scale, values, bottom, top);

  const [first, second] = (gap ?? []).map((id) => series.find((one) => one.id === id));
  const labelled = series.flatMap(({ points, ...rest }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ ...rest, last }];
  });
  const labelY = spread(
    labelled.map(({ last }) => y(last.p)),
    17,
    top + 4,
    bottom - 4,
  );

  const moveTo = (event: PointerEvent<SVGSVGElement>): void => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    onCursor(x.invert(Math.min(right - INSET, Math.max(left + INSET, at))));
  };

  return (
    <div ref={container} className="chart">
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={props.label}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          moveTo(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && moveTo(event)}
      >
        <CurveAxes frame={frame} x={x} y={y} labels={props.axisLabels} />
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
        {first && second && <ShadedGap between={[first, second]} x={x} y={y} scale={props.scale} />}
        {cursor !== null && (
          <g className="chart-cursor" transform={`translate(${x(cursor)},0)`}>
            <line y1={top} y2={bottom} />
            <path d={`M0,${bottom} l-6,9 h12 z`} />
          </g>
        )}
        {series.map((one) =>
          one.sampled ? (
            <SeriesPoints key={one.id} series={one} x={x} y={y} scale={props.scale} />
          ) : (
            <SeriesLine key={one.id} series={one} x={x} y={y} />
          ),
        )}
        {cursor !== null &&
          props.marks.map(({ id, colour, p }) => (
            <circle
              key={id}
              className="chart-mark"
              style={seriesColour(colour)}
              cx={x(cursor)}
              cy={y(p)}
              r={4.5}
            >
              <title>{formatProbability(p)}</title>
            </circle>
          ))}
        {!frame.narrow &&
          labelled.map(({ id, name, colour, last }, i) => (
            <text
              key={id}
              className="chart-label"
              style={seriesColour(colour)}
              x={x(last.sigma) + 12}
              y={labelY[i]}
              dy="0.32em"
            >
              {name}
            </text>
          ))}
      </svg>
    </div>
  );
}
