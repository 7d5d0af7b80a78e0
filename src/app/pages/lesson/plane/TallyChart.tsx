import { area, line, scaleLinear, scaleLog } from 'd3';
import { useRef } from 'react';
import { useWidth } from '../../../charts/use-width';
import { formatCount } from '../../../ui/format';
import { lessonStrings } from '../strings';
import { MOST_COPIES, type TallyPoint } from './tally';

const HEIGHT = 300;
const SPLIT = 150;
const LEFT = 46;
const BOTTOM = HEIGHT - 38;
const TICKS = [1, 10, 100, 1000, 10_000];
const WIDTHS = [0.5, 0.1, 0.02];

const half = ({ lo, hi }: TallyPoint): number => (hi - lo) / 2;

/** The estimate with its interval, and the interval's half-width on logarithmic axes, against the number of copies. */
export function TallyChart({ way, words }: { readonly way: readonly TallyPoint[]; readonly words: string }) {
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container, 480);
  const x = scaleLog([1, MOST_COPIES], [LEFT, width - 12]);
  const p = scaleLinear([0, 1], [SPLIT - 16, 10]);
  const w = scaleLog([0.005, 0.6], [BOTTOM, SPLIT + 14]);
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
    <div ref={container} className="chart">
      <svg
        className="tally"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={words}
      >
        <g className="chart-grid">
          {[0, 0.5, 1].map((tick) => (
            <g key={tick} transform={`translate(0,${p(tick)})`}>
              <line x1={LEFT} x2={width - 12} />
              <text x={LEFT - 7} dy="0.32em" textAnchor="end">
                {tick}
              </text>
            </g>
          ))}
          {WIDTHS.map((tick) => (
            <g key={tick} transform={`translate(0,${w(tick)})`}>
              <line x1={LEFT} x2={width - 12} />
              <text x={LEFT - 7} dy="0.32em" textAnchor="end">
                {tick}
              </text>
            </g>
          ))}
        </g>
        <g className="chart-axis">
          <line x1={LEFT} x2={width - 12} y1={BOTTOM} y2={BOTTOM} />
          {TICKS.map((tick) => (
            <text key={tick} x={x(tick)} y={BOTTOM + 16} textAnchor="middle">
              {formatCount(tick)}
            </text>
          ))}
          <text className="chart-axis-label" x={(LEFT + width) / 2} y={HEIGHT - 5} textAnchor="middle">
            {axes.x}
          </text>
        </g>
        {constant !== null && (
          <line className="tally-guide" x1={x(from)} x2={x(to)} y1={guideAt(from)} y2={guideAt(to)} />
        )}
        <path className="tally-band" d={band(way) ?? ''} />
        <path className="tally-line" d={estimate(way) ?? ''} />
        <path className="tally-width" d={widths(way) ?? ''} />
        {last && (
          <>
            <line className="tally-bar" x1={x(last.n)} x2={x(last.n)} y1={p(last.lo)} y2={p(last.hi)} />
            <circle className="tally-end" cx={x(last.n)} cy={p(last.p)} r={5} />
            <circle className="tally-end" cx={x(last.n)} cy={w(Math.max(0.005, half(last)))} r={4} />
          </>
        )}
        <text className="tally-title" x={width - 14} y={SPLIT - 22} textAnchor="end">
          {axes.p}
        </text>
        <text className="tally-title" x={LEFT + 6} y={BOTTOM - 8}>
          {axes.y}
          {constant !== null && `, - - ${guide}`}
        </text>
      </svg>
    </div>
  );
}
