import { YAxis } from './primitives/Axis';
import { Frame, type Plot } from './primitives/Frame';
import { shortened } from './primitives/text-width';
import { bandTicks } from './primitives/ticks';
import { useWidth } from './primitives/use-width';
import styles from './ShareMatrix.module.css';

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
  const [container, width] = useWidth(480);
  const size = Math.min(LARGEST, (width - LEFT - 8) / labels.length);
  const high = Math.min(size, 34);
  const bottom = TOP + labels.length * high;
  const plot: Plot = { width, height: bottom + 8, left: LEFT, right: width - 8, top: TOP, bottom };
  const names = labels.map((name) => shortened(name, LEFT - 12));
  return (
    <Frame container={container} plot={plot} label={label}>
      <text className={styles.title} x={4} y={TOP - 6}>
        {axisLabels.rows}
      </text>
      <text className={styles.title} x={LEFT} y={14}>
        {axisLabels.columns}
      </text>
      <YAxis plot={plot} ticks={bandTicks(names, (i) => TOP + (i + 0.5) * high)} hasLines={false} />
      {labels.map((name, i) => (
        <text
          key={name}
          transform={`translate(${LEFT + (i + 0.5) * size},${TOP - 6}) rotate(${size < LARGEST ? -40 : 0})`}
          textAnchor={size < LARGEST ? 'start' : 'middle'}
        >
          {shortened(name, LARGEST)}
        </text>
      ))}
      {labels.map((row, i) =>
        labels.map((column, j) => {
          const share = shares[i * labels.length + j] as number;
          if (Number.isNaN(share)) return null;
          return (
            <g key={column} transform={`translate(${LEFT + j * size},${TOP + i * high})`}>
              <rect className={styles.ground} width={size - 1} height={high - 1} />
              <rect
                className={styles.share}
                data-diagonal={i === j}
                width={size - 1}
                height={high - 1}
                fillOpacity={0.85 * Math.sqrt(share)}
              >
                <title>{cellText(row, column, share)}</title>
              </rect>
              {size >= LEAST_FOR_TEXT && share >= 0.005 && (
                <text className={styles.number} x={size / 2} y={high / 2} dy="0.32em" textAnchor="middle">
                  {share.toFixed(2)}
                </text>
              )}
            </g>
          );
        }),
      )}
    </Frame>
  );
}
