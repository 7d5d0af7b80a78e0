import styles from './Axis.module.css';
import type { Plot } from './Frame';
import { textWidth } from './text-width';
import type { Tick } from './ticks';

/** From the bottom of the plot to the middle of the labels of ticks, with strokes and without. */
const LABEL = { stroke: 18, none: 16 } as const;
/** From the end of the drawing to the title of the lower axis. */
const TITLE = 4;

interface XAxisProps {
  readonly plot: Plot;
  readonly ticks: readonly Tick[];
  readonly title: string;
  /** Middle of the title; by default that of the axis. */
  readonly titleAt?: number;
  /** What marks the places of the ticks: strokes on the axis, lines across the plot, or their labels alone. */
  readonly marks?: 'strokes' | 'lines' | 'none';
  /** Whether the axis itself is drawn. */
  readonly hasLine?: boolean;
}

/** The lower axis. */
export function XAxis({
  plot,
  ticks,
  title,
  titleAt,
  marks = 'strokes',
  hasLine = marks !== 'lines',
}: XAxisProps) {
  const { left, right, top, bottom, height } = plot;
  return (
    <g className={marks === 'lines' ? styles.grid : styles.axis}>
      {hasLine && <line x1={left} x2={right} y1={bottom} y2={bottom} />}
      {ticks.map(({ at, text }) => (
        <g key={at} transform={`translate(${at},${bottom})`}>
          {marks === 'strokes' && <line y2={5} />}
          {marks === 'lines' && <line y1={top - bottom} y2={0} />}
          <text y={marks === 'none' ? LABEL.none : LABEL.stroke} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
      <text className={styles.title} x={titleAt ?? (left + right) / 2} y={height - TITLE} textAnchor="middle">
        {title}
      </text>
    </g>
  );
}

interface YAxisProps {
  readonly plot: Plot;
  readonly ticks: readonly Tick[];
  readonly title?: string;
  /** Where the title stands: turned beside the axis, or above the plot. */
  readonly titleSide?: 'beside' | 'above';
  /** Whether there is a line across the plot at each tick. */
  readonly hasLines?: boolean;
}

/** The left axis, with lines across the plot. */
export function YAxis({ plot, ticks, title, titleSide = 'beside', hasLines = true }: YAxisProps) {
  const { left, right, top, bottom } = plot;
  // What is longer than the axis begins at its end, not above it.
  const middle = title === undefined ? 0 : Math.max((top + bottom) / 2, textWidth(title) / 2);
  return (
    <g className={styles.grid}>
      {ticks.map(({ at, text }) => (
        <g key={at} transform={`translate(0,${at})`}>
          {hasLines && <line x1={left} x2={right} />}
          <text x={left - 8} dy="0.32em" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {title !== undefined && titleSide === 'above' && (
        <text className={styles.title} x={4} y={top - 14}>
          {title}
        </text>
      )}
      {title !== undefined && titleSide === 'beside' && (
        <text className={styles.title} transform={`translate(11,${middle}) rotate(-90)`} textAnchor="middle">
          {title}
        </text>
      )}
    </g>
  );
}
