import { openSaved } from '../../session/opened';
import { report } from '../../session/problem';
import { strings } from '../../strings';
import { FileButton } from '../../ui/FileButton';

const messages = strings.opened;

/** A button that opens a saved sweep, with its input if that is chosen too. */
export function OpenSaved() {
  const open = async (files: readonly File[]): Promise<void> => {
    const [first] = files;
    if (first === undefined) return;
    const isSaved = await openSaved(files.map((data) => ({ path: data.name, data })));
    if (!isSaved) throw new Error(messages.unreadable(first.name, messages.notSaved));
  };
  return (
    <div>
      <FileButton
        text={messages.open}
        accept=".json,.npy"
        takes="files"
        testId="saved-sweep"
        onChoose={(files) => void open(files).catch(report)}
      />
      <p className="hint">{messages.openHint}</p>
    </div>
  );
}
