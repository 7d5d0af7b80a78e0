import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * Follows the width of the element that gets the reference, in whole CSS pixels, 200 at least.
 *
 * @param initial the width before the element is there
 */
export function useWidth(
  initial = 640,
): readonly [container: RefObject<HTMLDivElement | null>, width: number] {
  const container = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(initial);
  // Before the first paint: a chart that changes its height moves what lies below.
  useLayoutEffect(() => {
    const element = container.current;
    if (element === null) return;
    const follow = (found: number): void => setWidth(Math.max(200, Math.round(found)));
    const observer = new ResizeObserver(([entry]) => {
      if (entry) follow(entry.contentRect.width);
    });
    if (element.clientWidth > 0) follow(element.clientWidth);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [container, width];
}
