import type { KeyboardEvent, PointerEvent } from 'react';
import { dragHandlers } from '../../../charts/primitives/pointer';
import { lessonStrings } from '../strings';
import type { Point } from './model';
import { movePoint, type PlaneState } from './use-plane';

interface HandleProps {
  /** In CSS pixels of the drawing. */
  readonly at: Point;
  readonly onMove: (event: PointerEvent<SVGElement>) => void;
}

const STEP = 0.01;
const FAR = 0.1;
const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const preventDefault = (event: TouchEvent): void => event.preventDefault();

/** A finger on it does not scroll the page. Chromium heeds `touch-action` on no part of a drawing, and React listens passively. */
const holdPage = (element: SVGElement | null) => {
  element?.addEventListener('touchstart', preventDefault, { passive: false });
  return () => element?.removeEventListener('touchstart', preventDefault);
};

const drag = (onMove: HandleProps['onMove']) => ({
  ref: holdPage,
  ...dragHandlers({
    onPress: (event) => {
      event.preventDefault();
      event.currentTarget.focus({ preventScroll: true });
    },
    onMove,
  }),
});

/** The picture: dragged, or moved by the arrow keys, with Shift in larger steps. */
export function PlaneHandle({ plane, at: [x, y], onMove }: HandleProps & { readonly plane: PlaneState }) {
  const { point, target } = plane;
  const messages = lessonStrings.plane;
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = DIRECTIONS[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const step = event.shiftKey ? FAR : STEP;
    movePoint([point[0] + step * direction[0], point[1] + step * direction[1]]);
  };
  return (
    <g
      className="plane-handle"
      role="slider"
      tabIndex={0}
      aria-label={messages.point}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={point[0]}
      aria-valuetext={messages.pointText(
        point[0].toFixed(2),
        point[1].toFixed(2),
        lessonStrings.classes[target] ?? String(target),
      )}
      onKeyDown={onKeyDown}
      {...drag(onMove)}
    >
      <circle className="handle-hit" cx={x} cy={y} r={22} />
      <circle className="handle-dot" cx={x} cy={y} r={9} />
      <circle className="handle-core" cx={x} cy={y} r={3} />
    </g>
  );
}

/** The ring of the noise's radius, for pointers; the slider beside the figure does the same by keyboard. */
export function RingHandle({ at: [x, y], onMove }: HandleProps) {
  return (
    <g className="ring-handle" {...drag(onMove)}>
      <title>{lessonStrings.plane.ring}</title>
      <circle className="handle-hit" cx={x} cy={y} r={16} />
      <path className="handle-grip" d={`M${x - 4},${y - 5} l-5,5 l5,5 M${x + 4},${y - 5} l5,5 l-5,5`} />
    </g>
  );
}
