import { scaleLinear } from 'd3';
import { useRef } from 'react';
import { seriesColour } from './CurveMarks';
import { PlainAxis, PlainGrid } from './PlainAxis';
import { useWidth } from './use-width';

interface HistogramSeries {
  readonly name: string;
  /** Number of its colour. */
  readonly colour: number;
  /** In [0, 1]. */
  readonly values: ArrayLike<number>;
}

export interface HistogramProps {
  readonly series: readonly HistogramSeries[];
  readonly label: string;
  readonly axisLabels: { readonly x: string; readonly y: string };
  readonly barText: (from: number, to: number, count: number, name: string) => string;
}

const BINS = 20;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How many values fall into each of 20 equal parts of [0, 1]; 1 belongs to the last. */
function binned(values: ArrayLike<number>): Uint32Array {
  const counts = new Uint32Array(BINS);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.min(BINS - 1, Math.floor((values[i] as number) * BINS));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/** How often values of each part of [0, 1] occur, several series side by side. */
export function Histogram({ series, label, axisLabels, barText }: HistogramProps) {
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container, 480);
  const frame = { left: 46, right: width - 12, top: 30, bottom: 214, height: 256 };
  const counts = series.map(({ values }) => binned(values));
  const most = Math.max(1, ...counts.flatMap((each) => [...each]));
  const x = scaleLinear([0, 1], [frame.left, frame.right]);
  const y = scaleLinear([0, most], [frame.bottom, frame.top]).nice(4);
  const bar = (x(1 / BINS) - x(0) - 2) / series.length;
  return (
    <div ref={container} className="chart still-chart">
      <svg
        width={width}
        height={frame.height}
        viewBox={`0 0 ${width} ${frame.height}`}
        role="img"
        aria-label={label}
      >
        <PlainGrid
          frame={frame}
          ticks={y
            .ticks(4)
            .filter(Number.isInteger)
            .map((tick) => ({ at: y(tick), text: String(tick) }))}
        />
        {series.map(({ name, colour }, s) => (
          <g key={name} style={seriesColour(colour)}>
            {Array.from(counts[s] ?? [], (count, bin) => (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: a bin is known by its place
                key={bin}
                className="chart-bar"
                x={x(bin / BINS) + 1 + s * bar}
                width={bar}
                y={y(count)}
                height={frame.bottom - y(count)}
              >
                <title>{barText(bin / BINS, (bin + 1) / BINS, count, name)}</title>
              </rect>
            ))}
          </g>
        ))}
        <PlainAxis
          frame={frame}
          ticks={TICKS.map((tick) => ({ at: x(tick), text: String(tick) }))}
          labels={axisLabels}
        />
      </svg>
    </div>
  );
}
