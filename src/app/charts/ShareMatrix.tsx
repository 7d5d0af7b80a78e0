import { useRef } from 'react';
import { shortened } from './short-labels';
import { useWidth } from './use-width';

export interface ShareMatrixProps {
  readonly labels: readonly string[];
  /** K x K, row-major, in [0, 1]; NaN where nothing is known. */
  readonly shares: ArrayLike<number>;
  readonly label: string;
  readonly axisLabels: { readonly rows: string; readonly columns: string };
  readonly cellText: (row: string, column: string, share: number) => string;
}

/** Cells this narrow have no room for their number. */
const LEAST_FOR_TEXT = 30;
const LEFT = 84;
const TOP = 74;
const LARGEST = 62;

/** A table of shares as shades, with the numbers where there is room. */
export function ShareMatrix({ labels, shares, label, axisLabels, cellText }: ShareMatrixProps) {
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container, 480);
  const size = Math.min(LARGEST, (width - LEFT - 8) / labels.length);
  const high = Math.min(size, 34);
  const height = TOP + labels.length * high + 8;
  return (
    <div ref={container} className="chart still-chart">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <text className="chart-axis-label" x={4} y={TOP - 6}>
          {axisLabels.rows}
        </text>
        <text className="chart-axis-label" x={LEFT} y={14}>
          {axisLabels.columns}
        </text>
        {labels.map((name, i) => (
          <g key={name}>
            <text x={LEFT - 8} y={TOP + (i + 0.5) * high} dy="0.32em" textAnchor="end">
              {shortened(name, LEFT - 12)}
            </text>
            <text
              transform={`translate(${LEFT + (i + 0.5) * size},${TOP - 6}) rotate(${size < LARGEST ? -40 : 0})`}
              textAnchor={size < LARGEST ? 'start' : 'middle'}
            >
              {shortened(name, LARGEST)}
            </text>
          </g>
        ))}
        {labels.map((row, i) =>
          labels.map((column, j) => {
            const share = shares[i * labels.length + j] as number;
            if (Number.isNaN(share)) return null;
            return (
              <g key={column} transform={`translate(${LEFT + j * size},${TOP + i * high})`}>
                <rect className="matrix-ground" width={size - 1} height={high - 1} />
                <rect
                  className="matrix-share"
                  data-diagonal={i === j}
                  width={size - 1}
                  height={high - 1}
                  fillOpacity={0.85 * Math.sqrt(share)}
                >
                  <title>{cellText(row, column, share)}</title>
                </rect>
                {size >= LEAST_FOR_TEXT && share >= 0.005 && (
                  <text className="matrix-number" x={size / 2} y={high / 2} dy="0.32em" textAnchor="middle">
                    {share.toFixed(2)}
                  </text>
                )}
              </g>
            );
          }),
        )}
      </svg>
    </div>
  );
}
