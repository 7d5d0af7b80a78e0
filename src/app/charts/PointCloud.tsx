import { scaleLinear } from 'd3';
import { useMemo } from 'react';
import styles from './PointCloud.module.css';
import { XAxis, YAxis } from './primitives/Axis';
import { Frame, type Plot } from './primitives/Frame';
import type { Point } from './primitives/nearest';
import { PointReader } from './primitives/PointReader';
import { ticksApart, ticksAt } from './primitives/ticks';
import { useWidth } from './primitives/use-width';
import { probabilityScale } from './probability-scale';

export interface PointGroup {
  readonly name: string;
  /** In CSS. */
  readonly colour: string;
  /** Probabilities, both. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface PointCloudProps {
  readonly groups: readonly PointGroup[];
  readonly label: string;
  /** What a single point is, for the keyboard's way through them. */
  readonly pointLabel: string;
  readonly axisLabels: { readonly x: string; readonly y: string };
  /** What is said of a point, in a few short lines. */
  readonly pointWords: (group: number, point: number) => readonly string[];
  /** The point nearest to the pointer was pressed on: its group and place there. */
  readonly onPoint: (group: number, point: number) => void;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];
/** Of a tick's label and the space beside it. */
const TICK_WIDTH = 42;

/** Many pairs of probabilities, the first by its log-odds: there most are close to 1. A group is one path of dots, so that ten thousand cost little. */
export function PointCloud({ groups, label, pointLabel, axisLabels, pointWords, onPoint }: PointCloudProps) {
  const [container, width] = useWidth(480);
  const { plot, x, y, places, points } = useMemo(() => drawnPoints(groups, width), [groups, width]);
  const placeOf = (index: number) => places[index] as readonly [group: number, point: number];
  return (
    <Frame container={container} plot={plot} label={label} role="group" pointer="press">
      <YAxis plot={plot} ticks={ticksAt(y, TICKS)} title={axisLabels.y} titleSide="above" />
      {groups.map(({ name, colour, points: own }) => (
        <path
          key={name}
          className={styles.points}
          style={{ stroke: colour }}
          d={own.map(([px, py]) => `M${x(px).toFixed(1)},${y(py).toFixed(1)}h0`).join('')}
        />
      ))}
      {/* The right end has most points: its ticks are kept. */}
      <XAxis plot={plot} ticks={ticksApart(x.ticks, TICK_WIDTH)} title={axisLabels.x} />
      <PointReader
        plot={plot}
        points={points}
        label={pointLabel}
        words={(index) => pointWords(...placeOf(index))}
        onPress={(index) => onPoint(...placeOf(index))}
      />
    </Frame>
  );
}

/** Scales for a width, all points in CSS pixels, and the group and place there of each. */
function drawnPoints(groups: readonly PointGroup[], width: number) {
  const bottom = Math.min(360, Math.max(230, 0.6 * width));
  const plot: Plot = { width, height: bottom + 44, left: 46, right: width - 14, top: 30, bottom };
  const across = groups.flatMap(({ points }) => points.map(([first]) => first));
  const x = probabilityScale('logit', across, plot.left, plot.right);
  const y = scaleLinear([0, 1], [plot.bottom, plot.top]);
  const places = groups.flatMap(({ points }, group) => points.map((_, point) => [group, point] as const));
  const points = groups.flatMap((group) => group.points.map(([px, py]): Point => [x(px), y(py)]));
  return { plot, x, y, places, points };
}
