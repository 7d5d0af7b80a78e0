import { type RefObject, useLayoutEffect, useState } from 'react';

/** The width of an element in CSS pixels, followed as it changes. */
export function useWidth(ref: RefObject<HTMLElement | null>, initial = 640): number {
  const [width, setWidth] = useState(initial);
  // Before the first paint: a chart that changes its height moves what lies below.
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const follow = (found: number): void => setWidth(Math.max(200, Math.round(found)));
    const observer = new ResizeObserver(([entry]) => {
      if (entry) follow(entry.contentRect.width);
    });
    if (element.clientWidth > 0) follow(element.clientWidth);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
