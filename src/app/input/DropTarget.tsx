import { type ReactNode, useEffect, useRef } from 'react';
import { useFileDrop } from '../common/use-file-drop';
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
  const { over, handlers } = useFileDrop((transfer) => void openDropped(transfer).catch(report));

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

  return (
    <div className="page" {...handlers}>
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
