import type { ScaleLogarithmic } from 'd3-scale';
import type { Frame } from './CurveAxes';
import type { AxisMark, AxisMarkKind } from './curve';
import { spreadOut } from './spread';

/** Height of a row of labels. */
export const MARK_ROW = 18;
/** Width of a letter, on average, and the space about a text. */
const LETTER = 6.1;
const SPACE = 14;

/** Shapes about the origin. */
export const MARK_SHAPES: Readonly<Record<AxisMarkKind, string>> = {
  adversary: 'M0,-6.5L6.5,0L0,6.5L-6.5,0Z',
  certified: 'M-5,-5H5V5H-5Z',
  equivalent: 'M-5.5,0A5.5,5.5 0 1 0 5.5,0A5.5,5.5 0 1 0 -5.5,0Z',
};

interface AxisMarksProps {
  readonly marks: readonly AxisMark[];
  readonly frame: Frame;
  readonly x: ScaleLogarithmic<number, number>;
  /** Top of the first row of labels. */
  readonly top: number;
}

/** Distances on the radius axis, one row of labels for each curve; what lies off the axis stands at its end. */
export function AxisMarks({ marks, frame, x, top }: AxisMarksProps) {
  const rows = [false, true]
    .map((beside) => marks.filter((mark) => mark.beside === beside))
    .filter((row) => row.length > 0);
  return (
    <g className="axis-marks">
      {rows.map((row, i) => (
        <MarkRow
          key={String(row[0]?.beside)}
          marks={row}
          frame={frame}
          x={x}
          y={top + (i + 0.5) * MARK_ROW}
        />
      ))}
    </g>
  );
}

function MarkRow({ marks, frame, x, y }: Omit<AxisMarksProps, 'top'> & { readonly y: number }) {
  const [min, max] = x.domain() as [number, number];
  const placed = marks.map(({ value }) => x(Math.min(max, Math.max(min, value))));
  const texts = marks.map(({ label, value }) =>
    value < min ? `‹ ${label}` : value > max ? `${label} ›` : label,
  );
  const widths = texts.map((text) => LETTER * text.length + SPACE);
  const centres = spreadOut(placed, widths, frame.left - 12, frame.right + 12);
  return marks.map(({ kind, beside }, i) => (
    <g key={kind} className={beside ? 'axis-mark chart-beside' : 'axis-mark'} data-mark={kind}>
      <path
        className="axis-mark-leader"
        d={`M${placed[i]},${frame.bottom}V${y - 9}L${centres[i]},${y - 7}`}
      />
      <path d={MARK_SHAPES[kind]} transform={`translate(${placed[i]},${frame.bottom})`} />
      <text x={centres[i]} y={y} dy="0.36em" textAnchor="middle">
        {texts[i]}
      </text>
    </g>
  ));
}
