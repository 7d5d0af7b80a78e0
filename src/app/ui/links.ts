import type { MouseEvent } from 'react';

/** Whether a click on a link of the page's own is followed within the page, and then does nothing else. */
export function followsHere(event: MouseEvent): boolean {
  const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return false;
  event.preventDefault();
  return true;
}
