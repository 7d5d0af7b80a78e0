import { scaleLinear } from 'd3-scale';

export interface ClassBar {
  readonly label: string;
  /** Share of the noisy copies, with limits that hold for all classes together; null until sampled. */
  readonly share: { readonly p: number; readonly lo: number; readonly hi: number } | null;
  /** softmax at the clean image */
  readonly confidence: number;
  readonly isTarget: boolean;
}

export interface ClassBarsProps {
  readonly bars: readonly ClassBar[];
  readonly onSelect: (index: number) => void;
  readonly selectLabel: (label: string) => string;
  readonly valueText: (bar: ClassBar) => string;
}

const WIDTH = 240;
const HEIGHT = 18;

/** One row a class: how often noise leads there, with its interval, and the clean image's softmax as a tick. */
export function ClassBars({ bars, onSelect, selectLabel, valueText }: ClassBarsProps) {
  const x = scaleLinear([0, 1], [1, WIDTH - 1]);
  return (
    <ul className="class-bars">
      {bars.map((bar, i) => (
        <li key={bar.label}>
          <button
            type="button"
            className="class-bar"
            aria-pressed={bar.isTarget}
            title={selectLabel(bar.label)}
            onClick={() => onSelect(i)}
          >
            <span className="class-name">{bar.label}</span>
            <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
              <rect className="class-track" width={WIDTH} height={HEIGHT} />
              {bar.share && (
                <>
                  <rect className="class-share" x={1} y={3} width={x(bar.share.p) - 1} height={12} />
                  <path className="class-limits" d={`M${x(bar.share.lo)},9H${x(bar.share.hi)}`} />
                </>
              )}
              <path className="class-confidence" d={`M${x(bar.confidence)},1V17`} />
            </svg>
            <span className="class-value">{valueText(bar)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
