import { type DragEvent, useRef, useState } from 'react';

interface FileDrop {
  /** Files are being dragged over the element. */
  readonly over: boolean;
  /** For the element that takes them. */
  readonly handlers: Readonly<
    Record<'onDragEnter' | 'onDragLeave' | 'onDragOver' | 'onDrop', (event: DragEvent) => void>
  >;
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/**
 * Takes dropped files. @param onDrop is called while the event is handled: afterwards the browser hides the files
 * @param onEnter is called when files come over the element; of them only the types are known
 */
export function useFileDrop(
  onDrop: (transfer: DataTransfer) => void,
  onEnter: (transfer: DataTransfer) => void = () => {},
): FileDrop {
  const [over, setOver] = useState(false);
  // dragenter and dragleave also fire for every child that is crossed.
  const depth = useRef(0);
  return {
    over,
    handlers: {
      onDragEnter: (event) => {
        if (!carriesFiles(event)) return;
        if (depth.current === 0) onEnter(event.dataTransfer);
        depth.current++;
        setOver(true);
      },
      onDragLeave: () => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      },
      onDragOver: (event) => {
        if (carriesFiles(event)) event.preventDefault();
      },
      onDrop: (event) => {
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        onDrop(event.dataTransfer);
      },
    },
  };
}
