import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { openSaved } from '../session/opened';
import { openOwnModel } from '../session/own-models';
import { openImage } from '../session/picture';
import { report } from '../session/problem';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { droppedFiles, isModelFile } from './dropped-files';

function openFile(file: File): void {
  void openImage(file, { kind: 'file', name: file.name });
}

/** A saved sweep is looked at; files of a model go together; of pictures the first is taken. */
async function openDropped(transfer: DataTransfer): Promise<void> {
  const files = await droppedFiles(transfer);
  const [file] = files;
  if (file === undefined) useStore.setState({ problem: strings.input.noFile });
  else if (await openSaved(files)) return;
  else if (files.some(({ path }) => isModelFile(path))) {
    const isLocked = useStore.getState().settings.lock === 'model';
    if (isLocked) useStore.setState({ problem: strings.model.locked });
    else await openOwnModel(files);
  } else await openImage(file.data, { kind: 'file', name: file.path });
}

/** The whole page takes dropped pictures and models, and pasted pictures. */
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
        void openDropped(event.dataTransfer).catch(report);
      }}
    >
      {children}
      {over && <div className="drop-overlay">{strings.ownModel.drop}</div>}
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
