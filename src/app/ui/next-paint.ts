/** Until what has been drawn so far is to be seen: before long work, on a machine that may be slow. */
export function nextPaint(): Promise<void> {
  // A tab in the background paints nothing.
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** Lets the page answer and draw, if it has to, before what comes next. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve));
}
