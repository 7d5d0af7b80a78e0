import { scaleLinear } from 'd3';
import type { KeyboardEvent } from 'react';
import { seriesColour } from './CurveMarks';
import styles from './IntervalRows.module.css';
import { XAxis } from './primitives/Axis';
import { Frame, type Plot } from './primitives/Frame';
import { shortened } from './primitives/text-width';
import { linearTicks } from './primitives/ticks';
import { useWidth } from './primitives/use-width';

interface IntervalMark {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
  /** In words, for those who do not see it. */
  readonly text: string;
}

interface IntervalRow {
  readonly id: number;
  readonly label: string;
  /** One a series; undefined where it has none. */
  readonly marks: readonly (IntervalMark | undefined)[];
}

export interface IntervalRowsProps {
  readonly rows: readonly IntervalRow[];
  /** Of the series, in CSS. */
  readonly colours: readonly string[];
  readonly domain: readonly [number, number];
  readonly label: string;
  readonly axisLabel: string;
  /** Row that is chosen; null: none. */
  readonly chosen?: number | null;
  readonly onChoose?: (id: number) => void;
}

const LABEL_WIDTH = 92;
const NARROW = 420;

/** A row a class, a value with its interval a series: where intervals part, means do. */
export function IntervalRows(props: IntervalRowsProps) {
  const { rows, colours, domain, label, axisLabel, chosen = null, onChoose } = props;
  const [container, width] = useWidth(480);
  const rowHeight = 12 + 13 * colours.length;
  const top = 8;
  const bottom = top + rows.length * rowHeight;
  const left = width < NARROW ? LABEL_WIDTH - 20 : LABEL_WIDTH;
  const plot: Plot = { width, height: bottom + 46, left, right: width - 16, top, bottom };
  const x = scaleLinear(domain, [left, plot.right]);
  const [min, max] = domain;
  const choose = (id: number) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose?.(id);
  };
  return (
    <Frame container={container} plot={plot} label={label} role="group">
      <XAxis
        plot={plot}
        ticks={linearTicks(x, width < NARROW ? 4 : 6, String)}
        title={axisLabel}
        titleAt={width / 2}
        marks="lines"
      />
      {min < 0 && max > 0 && <line className={styles.zero} x1={x(0)} x2={x(0)} y1={top} y2={bottom} />}
      {rows.map(({ id, label: name, marks }, i) => {
        const middle = top + (i + 0.5) * rowHeight;
        const texts = marks.flatMap((mark) => mark?.text ?? []);
        const interactive = onChoose && {
          role: 'button',
          tabIndex: 0,
          'aria-pressed': id === chosen,
          onClick: () => onChoose(id),
          onKeyDown: choose(id),
        };
        return (
          <g
            key={id}
            className={styles.row}
            data-part="row"
            aria-label={texts.join('; ')}
            {...(interactive ?? { role: 'img' })}
          >
            <rect
              className={styles.ground}
              x={0}
              y={middle - rowHeight / 2}
              width={width}
              height={rowHeight}
            />
            <title>{texts.join('\n')}</title>
            <text x={left - 10} y={middle} dy="0.32em" textAnchor="end">
              {shortened(name, left - 14)}
            </text>
            {marks.map((mark, s) => {
              if (mark === undefined) return null;
              const at = middle + 13 * (s - (marks.length - 1) / 2);
              const colour = colours[s] ?? 'var(--ink)';
              return (
                <g key={colour} style={seriesColour(colour)}>
                  <path className={styles.limits} d={`M${x(mark.lo)},${at}H${x(mark.hi)}`} />
                  <circle className={styles.value} cx={x(mark.value)} cy={at} r={4.5} />
                </g>
              );
            })}
          </g>
        );
      })}
    </Frame>
  );
}
