import type { PointerEvent } from 'react';

/** Where a pointer is in a drawing of this width in its own units, however large it is shown. */
export function pointWithin(
  drawing: Element,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  width: number,
): [number, number] {
  const box = drawing.getBoundingClientRect();
  const scale = width / box.width;
  return [scale * (clientX - box.left), scale * (clientY - box.top)];
}

interface Drag {
  /** Called with the event that begins it. */
  readonly onPress?: (event: PointerEvent<SVGElement>) => void;
  /** Called with every movement until the pointer is let go of, outside the element too. */
  readonly onMove: (event: PointerEvent<SVGElement>) => void;
  readonly onRelease?: (() => void) | undefined;
}

/** Handlers of an element that can be dragged, or dragged over. */
export const dragHandlers = ({ onPress, onMove, onRelease }: Drag) => ({
  onPointerDown: (event: PointerEvent<SVGElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    onPress?.(event);
  },
  onPointerMove: (event: PointerEvent<SVGElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(event);
  },
  onPointerUp: onRelease,
});
