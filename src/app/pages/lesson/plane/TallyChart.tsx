import { area, line, scaleLinear, scaleLog } from 'd3';
import { XAxis, YAxis } from '../../../charts/primitives/Axis';
import { Frame, type Plot } from '../../../charts/primitives/Frame';
import { ticksAt } from '../../../charts/primitives/ticks';
import { useWidth } from '../../../charts/primitives/use-width';
import { formatCount } from '../../../ui/format';
import { lessonStrings } from '../strings';
import styles from './TallyChart.module.css';
import { MOST_COPIES, type TallyPoint } from './tally';

const HEIGHT = 300;
const SPLIT = 150;
const TICKS = [1, 10, 100, 1000, 10_000];
const WIDTHS = [0.5, 0.1, 0.02];

const half = ({ lo, hi }: TallyPoint): number => (hi - lo) / 2;

/** The estimate with its interval, and the interval's half-width on logarithmic axes, against the number of copies. */
export function TallyChart({ way, words }: { readonly way: readonly TallyPoint[]; readonly words: string }) {
  const [container, width] = useWidth(480);
  const plot: Plot = { width, height: HEIGHT, left: 46, right: width - 12, top: 10, bottom: HEIGHT - 38 };
  const x = scaleLog([1, MOST_COPIES], [plot.left, plot.right]);
  const p = scaleLinear([0, 1], [SPLIT - 16, plot.top]);
  const w = scaleLog([0.005, 0.6], [plot.bottom, SPLIT + 14]);
  const band = area<TallyPoint>(
    ({ n }) => x(n),
    ({ lo }) => p(lo),
    ({ hi }) => p(hi),
  );
  const estimate = line<TallyPoint>(
    ({ n }) => x(n),
    (point) => p(point.p),
  );
  const widths = line<TallyPoint>(
    ({ n }) => x(n),
    (point) => w(Math.max(0.005, half(point))),
  );
  const last = way.at(-1);
  const { axes, guide } = lessonStrings.sampling;
  // Through the last width, where it is steep already.
  const constant = last && last.n >= 16 ? half(last) * Math.sqrt(last.n) : null;
  // Its ends within the frame.
  const from = Math.max(1, ((constant ?? 0) / 0.6) ** 2);
  const to = Math.min(MOST_COPIES, ((constant ?? 0) / 0.005) ** 2);
  const guideAt = (n: number): number => w((constant ?? 0) / Math.sqrt(n));
  return (
    <Frame container={container} plot={plot} label={words}>
      <YAxis plot={plot} ticks={ticksAt(p, [0, 0.5, 1])} />
      <YAxis plot={plot} ticks={ticksAt(w, WIDTHS)} />
      <XAxis plot={plot} ticks={ticksAt(x, TICKS, formatCount)} title={axes.x} marks="none" />
      {constant !== null && (
        <line className={styles.guide} x1={x(from)} x2={x(to)} y1={guideAt(from)} y2={guideAt(to)} />
      )}
      <path className={styles.band} d={band(way) ?? ''} />
      <path className={styles.line} d={estimate(way) ?? ''} />
      <path className={styles.width} d={widths(way) ?? ''} />
      {last && (
        <>
          <line className={styles.bar} x1={x(last.n)} x2={x(last.n)} y1={p(last.lo)} y2={p(last.hi)} />
          <circle className={styles.end} cx={x(last.n)} cy={p(last.p)} r={5} />
          <circle className={styles.end} cx={x(last.n)} cy={w(Math.max(0.005, half(last)))} r={4} />
        </>
      )}
      <text className={styles.title} x={plot.right - 2} y={SPLIT - 22} textAnchor="end">
        {axes.p}
      </text>
      <text className={styles.title} x={plot.left + 6} y={plot.bottom - 8}>
        {axes.y}
        {constant !== null && `, - - ${guide}`}
      </text>
    </Frame>
  );
}
