import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** Ways to change a size by a factor: keys, a wheel, two fingers. */
type Zoom = (factor: number) => void;

/** A press of plus, or a notch of a wheel. */
const STEP = 1.06;
/** What a wheel and a touchpad report of a notch. */
const NOTCH = { wheel: 100, touchpad: 10 } as const;

/** Plus and minus. */
export function zoomByKey(zoom: Zoom) {
  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else return;
    event.preventDefault();
  };
}

/**
 * The wheel zooms while the frame has the focus, so that it never stops a page that is scrolled past it; so does a pinch
 * on a touchpad at any time, which browsers report as a wheel with Ctrl.
 */
export function useWheel(frame: RefObject<HTMLElement | null>, zoom: Zoom): void {
  const newest = useRef(zoom);
  newest.current = zoom;
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !element.contains(document.activeElement)) return;
      event.preventDefault();
      newest.current(STEP ** (-event.deltaY / (event.ctrlKey ? NOTCH.touchpad : NOTCH.wheel)));
    };
    // React's own handler is passive and could not keep the page in its place.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame]);
}

/** Two fingers change the size by the ratio of their distances; `active` while they do. */
export function usePinch(zoom: Zoom) {
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const [active, setActive] = useState(false);
  const span = (): number => {
    const [a, b] = [...fingers.current.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const place = ({ pointerId, clientX, clientY }: PointerEvent): void => {
    fingers.current.set(pointerId, { x: clientX, y: clientY });
  };
  const lift = ({ pointerId }: PointerEvent): void => {
    fingers.current.delete(pointerId);
    if (fingers.current.size < 2) setActive(false);
  };
  const handlers = {
    onPointerDownCapture: (event: PointerEvent): void => {
      if (event.pointerType !== 'touch') return;
      place(event);
      if (fingers.current.size === 2) setActive(true);
    },
    onPointerMoveCapture: (event: PointerEvent): void => {
      if (!fingers.current.has(event.pointerId)) return;
      const before = span();
      place(event);
      const after = span();
      // Fingers that part make the picture larger, that is the crop smaller.
      if (before > 0 && after > 0) zoom(before / after);
    },
    onPointerUpCapture: lift,
    onPointerCancelCapture: lift,
  };
  return { active, handlers };
}
