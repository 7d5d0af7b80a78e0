import { scaleLinear } from 'd3';
import { type KeyboardEvent, useRef } from 'react';
import { seriesColour } from './CurveMarks';
import { shortened } from './short-labels';
import { useWidth } from './use-width';

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
  /** Numbers of the series' colours. */
  readonly colours: readonly number[];
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
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container, 480);
  const left = width < NARROW ? LABEL_WIDTH - 20 : LABEL_WIDTH;
  const rowHeight = 12 + 13 * colours.length;
  const top = 8;
  const bottom = top + rows.length * rowHeight;
  const height = bottom + 46;
  const x = scaleLinear(domain, [left, width - 16]);
  const [min, max] = domain;
  const choose = (id: number) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose?.(id);
  };
  return (
    <div ref={container} className="chart still-chart">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with buttons in it is a group, not a fieldset */}
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={label}>
        <g className="chart-grid">
          {x.ticks(width < NARROW ? 4 : 6).map((tick) => (
            <g key={tick} transform={`translate(${x(tick)},0)`}>
              <line y1={top} y2={bottom} />
              <text y={bottom + 18} textAnchor="middle">
                {tick}
              </text>
            </g>
          ))}
        </g>
        {min < 0 && max > 0 && <line className="chart-zero" x1={x(0)} x2={x(0)} y1={top} y2={bottom} />}
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
              className="interval-row"
              aria-label={texts.join('; ')}
              {...(interactive ?? { role: 'img' })}
            >
              <rect
                className="interval-ground"
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
                const colour = colours[s] ?? 0;
                return (
                  <g key={colour} style={seriesColour(colour)}>
                    <path className="interval-limits" d={`M${x(mark.lo)},${at}H${x(mark.hi)}`} />
                    <circle className="interval-value" cx={x(mark.value)} cy={at} r={4.5} />
                  </g>
                );
              })}
            </g>
          );
        })}
        <text className="chart-axis-label" x={width / 2} y={height - 4} textAnchor="middle">
          {axisLabel}
        </text>
      </svg>
    </div>
  );
}
