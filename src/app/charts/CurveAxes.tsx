import type { ScaleLogarithmic } from 'd3';
import type { ProbabilityScale } from './probability-scale';

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
  readonly narrow: boolean;
}

interface CurveAxesProps {
  readonly frame: Frame;
  readonly x: ScaleLogarithmic<number, number>;
  readonly y: ProbabilityScale;
  readonly labels: { readonly x: string; readonly y: string };
}

/** Grid, tick labels and titles of both axes. On a narrow chart the y title stands above. */
export function CurveAxes({ frame, x, y, labels }: CurveAxesProps) {
  const { left, right, top, bottom, height, narrow } = frame;
  const [min, max] = x.domain() as [number, number];
  return (
    <>
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
        {axisTicks(min, max, x).map((sigma) => (
          <g key={sigma} transform={`translate(${x(sigma)},${bottom})`}>
            <line y2={5} />
            <text y={18} textAnchor="middle">
              {sigma}
            </text>
          </g>
        ))}
        <text className="chart-axis-label" x={(left + right) / 2} y={height - 4} textAnchor="middle">
          {labels.x}
        </text>
        {narrow ? (
          <text className="chart-axis-label" x={4} y={top - 14}>
            {labels.y}
          </text>
        ) : (
          <text
            className="chart-axis-label"
            transform={`translate(11,${Math.max((top + bottom) / 2, (LETTER * labels.y.length) / 2)}) rotate(-90)`}
            textAnchor="middle"
          >
            {labels.y}
          </text>
        )}
      </g>
    </>
  );
}

/** Width of a letter of an axis label, at most on average: what is longer than the axis begins at its end, not above it. */
const LETTER = 6.6;

/** Leading digits of the ticks, from the most to the fewest. */
const LEADS: readonly (readonly number[])[] = [[1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];
/** Width of a digit, on average, and the least space between two labels. */
const DIGIT = 6.8;
const APART = 9;

/** As many ticks of every power of ten as have room for their labels. @param x pixels of a radius */
export function axisTicks(min: number, max: number, x: (sigma: number) => number): number[] {
  let ticks: number[] = [];
  for (const leads of LEADS) {
    ticks = [];
    for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
      for (const lead of leads) {
        const tick = Number((lead * 10 ** power).toPrecision(1));
        if (tick >= min * 0.999 && tick <= max * 1.001) ticks.push(tick);
      }
    }
    const fits = ticks.slice(1).every((tick, i) => {
      const before = ticks[i] as number;
      const needed = (DIGIT * (String(tick).length + String(before).length)) / 2 + APART;
      return x(tick) - x(before) >= needed;
    });
    if (fits) break;
  }
  return ticks;
}
