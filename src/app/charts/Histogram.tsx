import { type ScaleLinear, scaleLinear } from 'd3';
import { seriesColour } from './CurveMarks';
import styles from './Histogram.module.css';
import { XAxis, YAxis } from './primitives/Axis';
import { Frame, type Plot } from './primitives/Frame';
import { linearTicks, type Tick, ticksAt } from './primitives/ticks';
import { useWidth } from './primitives/use-width';

interface HistogramSeries {
  readonly name: string;
  /** In CSS. */
  readonly colour: string;
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

/** Few ticks, at whole numbers. */
const countTicks = (scale: ScaleLinear<number, number>): Tick[] =>
  linearTicks(scale, 4, String).filter(({ text }) => Number.isInteger(Number(text)));

/** How often values of each part of [0, 1] occur, several series side by side. */
export function Histogram({ series, label, axisLabels, barText }: HistogramProps) {
  const [container, width] = useWidth(480);
  const plot: Plot = { width, height: 256, left: 46, right: width - 12, top: 30, bottom: 214 };
  const counts = series.map(({ values }) => binned(values));
  const most = Math.max(1, ...counts.flatMap((each) => [...each]));
  const x = scaleLinear([0, 1], [plot.left, plot.right]);
  const y = scaleLinear([0, most], [plot.bottom, plot.top]).nice(4);
  const bar = (x(1 / BINS) - x(0) - 2) / series.length;
  return (
    <Frame container={container} plot={plot} label={label}>
      <YAxis plot={plot} ticks={countTicks(y)} title={axisLabels.y} titleSide="above" />
      {series.map(({ name, colour }, s) => (
        <g key={name} style={seriesColour(colour)}>
          {Array.from(counts[s] ?? [], (count, bin) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bin is known by its place
              key={bin}
              className={styles.bar}
              x={x(bin / BINS) + 1 + s * bar}
              width={bar}
              y={y(count)}
              height={plot.bottom - y(count)}
            >
              <title>{barText(bin / BINS, (bin + 1) / BINS, count, name)}</title>
            </rect>
          ))}
        </g>
      ))}
      <XAxis plot={plot} ticks={ticksAt(x, TICKS)} title={axisLabels.x} />
    </Frame>
  );
}
