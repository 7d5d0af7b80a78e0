import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { openImage } from '../session/picture';
import { useStore } from '../state/store';
import { strings } from '../strings';

function openFile(file: File): void {
  void openImage(file, { kind: 'file', name: file.name });
}

/** The whole page takes dropped and pasted pictures. */
export function DropTarget({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false);
  // dragenter and dragleave also fire for every child that is crossed.
  const depth = useRef(0);

  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const file = event.clipboardData?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      openFile(file);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);

  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keyboard form; the file button is the other way in
    <div
      className="page"
      onDragEnter={(event) => {
        if (!carriesFiles(event)) return;
        depth.current++;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) openFile(file);
        else useStore.setState({ problem: strings.input.noFile });
      }}
    >
      {children}
      {over && <div className="drop-overlay">{strings.input.drop}</div>}
    </div>
  );
}

/** A button that opens the file chooser. */
export function FileButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="file-button">
      <button type="button" onClick={() => input.current?.click()}>
        {strings.input.chooseFile}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) openFile(file);
          event.target.value = '';
        }}
      />
      <p className="hint">{strings.input.fileHint}</p>
    </div>
  );
}
