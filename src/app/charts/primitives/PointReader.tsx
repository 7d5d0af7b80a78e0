import { type KeyboardEvent, type MouseEvent, useMemo, useState } from 'react';
import type { Plot } from './Frame';
import { leftToRight, nearestPoint, type Point, placeAfterKey } from './nearest';
import styles from './PointReader.module.css';
import { pointWithin } from './pointer';
import { Tooltip } from './Tooltip';

interface PointReaderProps {
  readonly plot: Plot;
  /** In CSS pixels of the drawing. */
  readonly points: readonly Point[];
  /** What the points are, for those who do not see them. */
  readonly label: string;
  /** What is said of a point, in a few short lines. */
  readonly words: (index: number) => readonly string[];
  /** The point was pressed on, or Enter was pressed at it. */
  readonly onPress?: ((index: number) => void) | undefined;
}

/** CSS pixels within which a point is meant. */
const REACH = 14;

/** Lies over a plot of points: the one nearest to the pointer is told in a tooltip; the arrow keys go from point to point, from left to right. */
export function PointReader({ plot, points, label, words, onPress }: PointReaderProps) {
  const order = useMemo(() => leftToRight(points), [points]);
  const [told, setTold] = useState<number | null>(null);
  // Fewer points than before, perhaps.
  const index = told !== null && told < points.length ? told : null;
  const at = index === null ? undefined : points[index];

  const nearest = (event: MouseEvent<SVGElement>): number | null => {
    const drawing = event.currentTarget.ownerSVGElement;
    const found =
      drawing === null ? -1 : nearestPoint(points, pointWithin(drawing, event, plot.width), REACH);
    return found < 0 ? null : found;
  };
  const press = (pressed: number | null): void => {
    if (pressed !== null) onPress?.(pressed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      press(index);
      return;
    }
    const place = placeAfterKey(event.key, index === null ? 0 : order.indexOf(index), order.length);
    if (place === undefined) return;
    event.preventDefault();
    setTold(order[place] ?? null);
  };

  return (
    <g
      role="slider"
      tabIndex={points.length > 0 ? 0 : -1}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, points.length)}
      aria-valuenow={index === null ? 1 : order.indexOf(index) + 1}
      aria-valuetext={index === null ? '' : words(index).join(', ')}
      onFocus={() => setTold((before) => before ?? order[0] ?? null)}
      onBlur={() => setTold(null)}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => setTold(nearest(event))}
      onPointerLeave={() => setTold(null)}
      onClick={(event) => press(nearest(event))}
    >
      <rect
        x={plot.left - REACH}
        y={plot.top - REACH}
        width={plot.right - plot.left + 2 * REACH}
        height={plot.bottom - plot.top + 2 * REACH}
        fill="transparent"
      />
      {index !== null && at !== undefined && (
        <>
          <circle className={styles.told} cx={at[0]} cy={at[1]} r={6} />
          <Tooltip plot={plot} at={at} lines={words(index)} />
        </>
      )}
    </g>
  );
}
