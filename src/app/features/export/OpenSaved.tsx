import { useRef } from 'react';
import { openSaved } from '../../session/opened';
import { report } from '../../session/problem';
import { strings } from '../../strings';

const words = strings.opened;

/** A button that opens a saved sweep, with its input if that is chosen too. */
export function OpenSaved() {
  const input = useRef<HTMLInputElement>(null);
  const open = async (files: readonly File[]): Promise<void> => {
    const [first] = files;
    if (first === undefined) return;
    const isSaved = await openSaved(files.map((data) => ({ path: data.name, data })));
    if (!isSaved) throw new Error(words.unreadable(first.name, words.notSaved));
  };
  return (
    <div>
      <button type="button" onClick={() => input.current?.click()} data-open="sweep">
        {words.open}
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,.npy"
        multiple
        hidden
        onChange={(event) => {
          void open([...(event.target.files ?? [])]).catch(report);
          event.target.value = '';
        }}
      />
      <p className="hint">{words.openHint}</p>
    </div>
  );
}
