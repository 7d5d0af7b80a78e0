import { scaleLinear } from 'd3';
import { useRef } from 'react';
import { PlainAxis, PlainGrid } from './PlainAxis';
import { type ProbabilityScale, probabilityScale } from './probability-scale';
import { useWidth } from './use-width';

export interface PointGroup {
  readonly name: string;
  /** Name of its colour among the page's. */
  readonly colour: string;
  /** Probabilities, both. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface PointCloudProps {
  readonly groups: readonly PointGroup[];
  readonly label: string;
  readonly axisLabels: { readonly x: string; readonly y: string };
  /** Presses on the point nearest to the pointer: its group and place there. */
  readonly onPoint?: (group: number, point: number) => void;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];
/** Pixels within which a point is meant. */
const REACH = 14;
/** Of a tick's label and the space beside it. */
const TICK_WIDTH = 42;

/** Those of the ticks that have room, from the right on: there most points are. */
function apart(ticks: ProbabilityScale['ticks'], x: ProbabilityScale): ProbabilityScale['ticks'] {
  const kept: (typeof ticks)[number][] = [];
  for (const tick of ticks.toReversed()) {
    const last = kept.at(-1);
    if (last === undefined || x(last.p) - x(tick.p) >= TICK_WIDTH) kept.push(tick);
  }
  return kept;
}

/** Many pairs of probabilities, the first by its log-odds: there most are close to 1. A group is one path of dots, so that ten thousand cost little. */
export function PointCloud({ groups, label, axisLabels, onPoint }: PointCloudProps) {
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container, 480);
  const bottom = Math.min(360, Math.max(230, 0.6 * width));
  const height = bottom + 44;
  const frame = { left: 46, right: width - 14, top: 30, bottom, height };
  const across = groups.flatMap(({ points }) => points.map(([first]) => first));
  const x = probabilityScale('logit', across, frame.left, frame.right);
  const y = scaleLinear([0, 1], [frame.bottom, frame.top]);
  const press = (offsetX: number, offsetY: number): void => {
    let [best, group, point] = [REACH ** 2, -1, -1];
    for (const [g, { points }] of groups.entries()) {
      for (const [i, [px, py]] of points.entries()) {
        const distance = (x(px) - offsetX) ** 2 + (y(py) - offsetY) ** 2;
        if (distance < best) [best, group, point] = [distance, g, i];
      }
    }
    if (group >= 0) onPoint?.(group, point);
  };
  return (
    <div ref={container} className="chart still-chart" data-pressable={onPoint !== undefined}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the galleries are the keyboard's way to an image */}
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          press(
            ((event.clientX - box.left) * width) / box.width,
            ((event.clientY - box.top) * height) / box.height,
          );
        }}
      >
        <PlainGrid frame={frame} ticks={TICKS.map((tick) => ({ at: y(tick), text: String(tick) }))} />
        {groups.map(({ name, colour, points }) => (
          <path
            key={name}
            className="cloud-points"
            style={{ stroke: `var(--${colour})` }}
            d={points.map(([px, py]) => `M${x(px).toFixed(1)},${y(py).toFixed(1)}h0`).join('')}
          />
        ))}
        <PlainAxis
          frame={frame}
          ticks={apart(x.ticks, x).map(({ p, text }) => ({ at: x(p), text }))}
          labels={axisLabels}
        />
      </svg>
    </div>
  );
}
