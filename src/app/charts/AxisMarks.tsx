import type { ScaleLogarithmic } from 'd3';
import styles from './AxisMarks.module.css';
import type { AxisMark, AxisMarkKind } from './curve';
import type { Plot } from './primitives/Frame';
import { spreadOut } from './primitives/spread';
import { textWidth } from './primitives/text-width';

/** Height of a row of labels. */
export const MARK_ROW = 18;
/** The space about a text, and on a narrow chart. */
const SPACE = 14;
const NARROW_SPACE = 8;

/** Shapes about the origin. */
export const MARK_SHAPES: Readonly<Record<AxisMarkKind, string>> = {
  adversary: 'M0,-6.5L6.5,0L0,6.5L-6.5,0Z',
  certified: 'M-5,-5H5V5H-5Z',
  equivalent: 'M-5.5,0A5.5,5.5 0 1 0 5.5,0A5.5,5.5 0 1 0 -5.5,0Z',
};

export const isAxisMark = (name: string): name is AxisMarkKind => name in MARK_SHAPES;

interface AxisMarksProps {
  readonly marks: readonly AxisMark[];
  readonly plot: Plot;
  readonly isNarrow: boolean;
  readonly x: ScaleLogarithmic<number, number>;
  /** Top of the first row of labels. */
  readonly top: number;
}

interface Placed {
  readonly mark: AxisMark;
  readonly text: string;
  /** Of the text. */
  readonly width: number;
  /** Of the mark on the axis, and of the middle of its text. */
  readonly at: number;
  readonly x: number;
  readonly y: number;
}

/** Distances on the radius axis, one row of labels for each curve; what lies off the axis stands at its end. */
export function AxisMarks({ marks, plot, isNarrow, x, top }: AxisMarksProps) {
  const rows = [false, true].map((isCompared) => marks.filter((mark) => mark.isCompared === isCompared));
  const placed = rows.flatMap((row, i) => placedRow(row, plot, isNarrow, x, top + (i + 0.5) * MARK_ROW));
  // Texts come last, each on a ground of its own: no line runs through one.
  return (
    <g>
      {placed.map(({ mark, at, x: middle, y }) => (
        <path
          key={keyOf(mark)}
          className={styles.leader}
          d={`M${at},${plot.bottom}V${y - MARK_ROW / 2}L${middle},${y - MARK_ROW / 2 + 2}`}
        />
      ))}
      {placed.map(({ mark, at }) => (
        <path
          key={keyOf(mark)}
          className={styles.shape}
          data-compared={mark.isCompared}
          d={MARK_SHAPES[mark.kind]}
          transform={`translate(${at},${plot.bottom})`}
        />
      ))}
      {placed.map(({ mark, text, width, x: middle, y }) => (
        <g key={keyOf(mark)} className={styles.label} data-compared={mark.isCompared} data-mark={mark.kind}>
          <rect x={middle - width / 2 - 2} y={y - 7} width={width + 4} height={MARK_ROW - 4} />
          <text x={middle} y={y} dy="0.36em" textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

const keyOf = ({ kind, isCompared }: AxisMark): string => `${kind} ${isCompared}`;

function placedRow(
  marks: readonly AxisMark[],
  { left, right }: Plot,
  isNarrow: boolean,
  x: ScaleLogarithmic<number, number>,
  y: number,
): Placed[] {
  const [min, max] = x.domain() as [number, number];
  const places = marks.map(({ value }) => x(Math.min(max, Math.max(min, value))));
  const texts = marks.map(({ label, value }) =>
    value < min ? `‹ ${label}` : value > max ? `${label} ›` : label,
  );
  const space = isNarrow ? NARROW_SPACE : SPACE;
  const widths = texts.map((text) => textWidth(text, 'note') + space);
  const middles = spreadOut(places, widths, isNarrow ? 0 : left - 12, right + 12);
  return marks.map((mark, i) => ({
    mark,
    text: texts[i] as string,
    width: (widths[i] as number) - space,
    at: places[i] as number,
    x: middles[i] as number,
    y,
  }));
}
