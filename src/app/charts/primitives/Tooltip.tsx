import type { Plot } from './Frame';
import type { Point } from './nearest';
import styles from './Tooltip.module.css';
import { textWidth } from './text-width';

const LINE = 16;
const PADDING = { x: 8, y: 6 } as const;
/** From the point to the box. */
const GAP = 10;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The upper left corner of a box beside a point: to its right and above it, on the other side where there is no room, always within the drawing if it fits. */
export function tooltipPlace([x, y]: Point, { width, height }: Size, drawing: Size): Point {
  const left = x + GAP + width <= drawing.width ? x + GAP : x - GAP - width;
  const top = y - GAP - height >= 0 ? y - GAP - height : y + GAP;
  return [
    Math.max(0, Math.min(left, drawing.width - width)),
    Math.max(0, Math.min(top, drawing.height - height)),
  ];
}

interface TooltipProps {
  readonly plot: Pick<Plot, 'width' | 'height'>;
  /** What it is about, in CSS pixels of the drawing. */
  readonly at: Point;
  readonly lines: readonly string[];
}

/** A few words about a point, in a box beside it. */
export function Tooltip({ plot, at, lines }: TooltipProps) {
  const width = Math.max(...lines.map((line) => textWidth(line, 'digit'))) + 2 * PADDING.x;
  const height = LINE * lines.length + 2 * PADDING.y;
  const [x, y] = tooltipPlace(at, { width, height }, plot);
  return (
    <g className={styles.tooltip} transform={`translate(${x},${y})`}>
      <rect width={width} height={height} rx={6} />
      {lines.map((line, i) => (
        <text key={line} x={PADDING.x} y={PADDING.y + (i + 0.5) * LINE} dy="0.34em">
          {line}
        </text>
      ))}
    </g>
  );
}
