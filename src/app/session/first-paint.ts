/** Until what index.html shows has been painted: a slow machine need not draw the whole page before anything is to be seen. */
export function firstPaint(): Promise<void> {
  // A tab in the background paints nothing.
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
