import { type ReactNode, useEffect } from 'react';
import { openSaved } from '../../session/opened';
import { expectOwnModel, openOwnModel } from '../../session/own-models';
import { openImage } from '../../session/picture';
import { report } from '../../session/problem';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { droppedFiles, isModelFile } from '../../ui/dropped-files';
import { FileButton, PICTURES } from '../../ui/FileButton';
import { useFileDrop } from '../../ui/use-file-drop';

function openFile(file: File): void {
  void openImage(file, { kind: 'file', name: file.name });
}

/** A saved sweep is looked at; files of a model go together; of pictures the first is taken. */
async function openDropped(transfer: DataTransfer): Promise<void> {
  const files = await droppedFiles(transfer);
  const [file] = files;
  if (file === undefined) report(strings.input.noFile);
  else if (await openSaved(files)) return;
  else if (files.some(({ path }) => isModelFile(path))) {
    const isLocked = useStore.getState().settings.lock === 'model';
    if (isLocked) report(strings.model.locked);
    else await openOwnModel(files);
  } else await openImage(file.data, { kind: 'file', name: file.path });
}

/** Folders and files of a model have no type, or one that is no picture's. */
function expectDropped({ items }: DataTransfer): void {
  if (Array.from(items).some(({ kind, type }) => kind === 'file' && !type.startsWith('image/')))
    expectOwnModel();
}

/** The whole page takes dropped pictures and models, and pasted pictures. */
export function DropTarget({ children }: { children: ReactNode }) {
  const { over, handlers } = useFileDrop(
    (transfer) => void openDropped(transfer).catch(report),
    expectDropped,
  );

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

/** The way to a picture of one's own. */
export function PictureFile() {
  return (
    <div className="file-button">
      <FileButton text={strings.input.chooseFile} accept={PICTURES} onChoose={([file]) => openFile(file)} />
      <p className="hint">{strings.input.fileHint}</p>
    </div>
  );
}
