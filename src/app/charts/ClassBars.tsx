import { scaleLinear } from 'd3';
import styles from './ClassBars.module.css';
import { seriesColour } from './CurveMarks';
import { isFaded } from './curve';

/** What one estimator says of a class; p null where it is too small to be told, and below `atMost`. */
export interface ClassMark {
  readonly id: string;
  readonly name: string;
  /** In CSS. */
  readonly colour: string;
  readonly p: number | null;
  readonly atMost: number;
}

export interface ClassBar {
  readonly label: string;
  /** Share of the noisy copies, with limits that hold for all classes together; null until sampled. */
  readonly share: { readonly p: number; readonly lo: number; readonly hi: number } | null;
  /** The share of the curve beside the shown one, where there is one. */
  readonly other?: ClassBar['share'];
  /** softmax at the clean image */
  readonly confidence: number;
  readonly isTarget: boolean;
  /** One for each analytical estimator that is there. */
  readonly marks: readonly ClassMark[];
}

export interface ClassBarsProps {
  readonly bars: readonly ClassBar[];
  /** The estimator whose shares are shown. */
  readonly sampled: Pick<ClassMark, 'id' | 'colour'>;
  /** Of the softmax, in CSS. */
  readonly confidenceColour: string;
  /** Id of the estimator that stands out. */
  readonly highlighted: string | null;
  readonly onSelect: (index: number) => void;
  readonly selectLabel: (label: string) => string;
  readonly valueText: (bar: ClassBar) => string;
  /** The rest in words, for those who do not see it; empty where there is nothing. */
  readonly markText: (bar: ClassBar) => string;
}

const WIDTH = 240;
const HEIGHT = 20;

/**
 * One row a class: how often noise leads there, with its interval, the clean image's softmax as a tick, and
 * what each analytical estimator says as a mark of its colour.
 */
export function ClassBars(props: ClassBarsProps) {
  const { bars, sampled, confidenceColour, highlighted, onSelect, selectLabel, valueText, markText } = props;
  const x = scaleLinear([0, 1], [1, WIDTH - 1]);
  return (
    <ul className={styles.list} data-result>
      {bars.map((bar, i) => (
        <li key={bar.label}>
          <button
            type="button"
            className={styles.row}
            aria-pressed={bar.isTarget}
            title={selectLabel(bar.label)}
            onClick={() => onSelect(i)}
          >
            <span className={styles.name}>{bar.label}</span>
            <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
              <rect className={styles.track} width={WIDTH} height={HEIGHT} />
              {bar.share && (
                <>
                  <rect
                    className={styles.share}
                    data-series={sampled.id}
                    style={seriesColour(sampled.colour)}
                    x={1}
                    y={3}
                    width={x(bar.share.p) - 1}
                    height={HEIGHT - 6}
                  />
                  <path
                    className={styles.limits}
                    d={`M${x(bar.share.lo)},${HEIGHT / 2}H${x(bar.share.hi)}`}
                  />
                </>
              )}
              {bar.other && (
                <>
                  <path className={styles.other} d={`M1,${HEIGHT - 3}H${x(bar.other.p)}`} />
                  <path
                    className={styles.otherLimits}
                    d={`M${x(bar.other.lo)},${HEIGHT - 3}H${x(bar.other.hi)}`}
                  />
                </>
              )}
              <path
                className={styles.confidence}
                style={seriesColour(confidenceColour)}
                d={`M${x(bar.confidence)},1V${HEIGHT - 1}`}
              />
              {bar.marks.map(({ id, colour, p }, m) => {
                // Several marks share the height; a single one leaves the tick of the softmax to be seen.
                const band = Math.min(0.6 * HEIGHT, HEIGHT / bar.marks.length);
                return (
                  <path
                    key={id}
                    className={styles.mark}
                    data-part="mark"
                    data-series={id}
                    data-faded={isFaded(id, highlighted)}
                    style={seriesColour(colour)}
                    d={`M${x(p ?? 0)},${m * band}v${band}`}
                  />
                );
              })}
            </svg>
            <span className={styles.value} data-part="value">
              {valueText(bar)}
            </span>
            {markText(bar) !== '' && <span className="visually-hidden">{markText(bar)}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
