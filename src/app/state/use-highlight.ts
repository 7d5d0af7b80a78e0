import { type FocusEvent, type PointerEvent, useMemo } from 'react';
import { useStore } from './store';

function seriesAt(target: EventTarget | null): string | null {
  const element =
    target instanceof Element ? target.closest<HTMLElement | SVGElement>('[data-series]') : null;
  return element?.dataset.series ?? null;
}

/** What has the focus by keyboard stands out while the pointer is elsewhere. */
const focused = (): string | null => seriesAt(document.querySelector(':focus-visible'));

function highlight(id: string | null): void {
  if (useStore.getState().highlighted !== id) useStore.setState({ highlighted: id });
}

/** Handlers for the whole page: the estimator whose `data-series` is pointed at or has the focus stands out everywhere. */
export function useHighlightHandlers() {
  return useMemo(
    () => ({
      onPointerOver: ({ target }: PointerEvent) => highlight(seriesAt(target) ?? focused()),
      onPointerLeave: () => highlight(focused()),
      onFocus: ({ target }: FocusEvent) => highlight(seriesAt(target)),
      onBlur: () => highlight(null),
    }),
    [],
  );
}

/** The attributes of something that stands for an estimator. */
export function useSeriesAttributes(): (id: string) => Record<string, unknown> {
  const highlighted = useStore((state) => state.highlighted);
  return (id) => ({ 'data-series': id, 'data-highlighted': highlighted === id || undefined });
}
