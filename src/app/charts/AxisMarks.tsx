import type { ScaleLogarithmic } from 'd3';
import type { Frame } from './CurveAxes';
import type { AxisMark, AxisMarkKind } from './curve';
import { spreadOut } from './spread';

/** Height of a row of labels. */
export const MARK_ROW = 18;
/** Width of a letter, on average, and the space about a text. */
const LETTER = 6.1;
const SPACE = 14;
/** On a narrow chart. */
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
  readonly frame: Frame;
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
export function AxisMarks({ marks, frame, x, top }: AxisMarksProps) {
  const rows = [false, true].map((beside) => marks.filter((mark) => mark.beside === beside));
  const placed = rows.flatMap((row, i) => placedRow(row, frame, x, top + (i + 0.5) * MARK_ROW));
  // Texts come last, each on a ground of its own: no line runs through one.
  return (
    <g className="axis-marks">
      {placed.map(({ mark, at, x: middle, y }) => (
        <path
          key={keyOf(mark)}
          className="axis-mark-leader"
          d={`M${at},${frame.bottom}V${y - MARK_ROW / 2}L${middle},${y - MARK_ROW / 2 + 2}`}
        />
      ))}
      {placed.map(({ mark, at }) => (
        <path
          key={keyOf(mark)}
          className={mark.beside ? 'axis-mark-shape chart-beside' : 'axis-mark-shape'}
          d={MARK_SHAPES[mark.kind]}
          transform={`translate(${at},${frame.bottom})`}
        />
      ))}
      {placed.map(({ mark, text, width, x: middle, y }) => (
        <g
          key={keyOf(mark)}
          className={mark.beside ? 'axis-mark chart-beside' : 'axis-mark'}
          data-mark={mark.kind}
        >
          <rect x={middle - width / 2 - 2} y={y - 7} width={width + 4} height={MARK_ROW - 4} />
          <text x={middle} y={y} dy="0.36em" textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

const keyOf = ({ kind, beside }: AxisMark): string => `${kind} ${beside}`;

function placedRow(
  marks: readonly AxisMark[],
  frame: Frame,
  x: ScaleLogarithmic<number, number>,
  y: number,
): Placed[] {
  const [min, max] = x.domain() as [number, number];
  const places = marks.map(({ value }) => x(Math.min(max, Math.max(min, value))));
  const texts = marks.map(({ label, value }) =>
    value < min ? `‹ ${label}` : value > max ? `${label} ›` : label,
  );
  const space = frame.narrow ? NARROW_SPACE : SPACE;
  const widths = texts.map((text) => LETTER * text.length + space);
  const [least, most] = frame.narrow ? [0, frame.right + 12] : [frame.left - 12, frame.right + 12];
  const middles = spreadOut(places, widths, least, most);
  return marks.map((mark, i) => ({
    mark,
    text: texts[i] as string,
    width: (widths[i] as number) - space,
    at: places[i] as number,
    x: middles[i] as number,
    y,
  }));
}
