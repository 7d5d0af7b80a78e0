import { type ReactNode, useId, useRef, useState } from 'react';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { download } from '../../ui/download';
import styles from './Figure.module.css';
import type { FigurePicture, FigureTheme, FigureWords } from './figure-file';

const messages = strings.figure;
const themes = (['light', 'dark'] as const).map((value) => ({ value, text: strings.theme[value] }));

export interface FigureProps {
  /** Tells figures apart for tests. */
  readonly name: string;
  /** What it is called, in the name of its button. */
  readonly label: string;
  /** Called when the figure is saved. Null while there is nothing to save. */
  readonly describe: () => FigureWords | null;
  /** For what draws itself in other ways than SVG, canvas and text. */
  readonly picture?: (theme: FigureTheme) => Promise<FigurePicture>;
  /** Called with the reason, in a sentence, why it could not be saved. */
  readonly onError: (error: Error) => void;
  readonly children: ReactNode;
}

/** A chart that can be saved as a file that stands alone. */
export function Figure({ name, label, describe, picture, onError, children }: FigureProps) {
  const figure = useRef<HTMLDivElement>(null);
  const save = async (kind: 'svg' | 'png', theme: FigureTheme): Promise<void> => {
    try {
      const { figureFile, toPng } = await import('./figure-file');
      const drawn = await picture?.(theme);
      const found = describe();
      if (found === null || figure.current === null) return;
      const file = figureFile(figure.current, found, theme, drawn);
      const content = kind === 'png' ? await toPng(file) : new Blob([file.text], { type: 'image/svg+xml' });
      download(`${found.fileName}-${theme}.${kind}`, content);
    } catch (error) {
      onError(new Error(messages.failed(error instanceof Error ? error.message : String(error))));
    }
  };
  return (
    <div className={styles.figure} data-figure={name}>
      <div ref={figure} className={styles.content}>
        {children}
      </div>
      <SaveMenu label={label} onSave={save} />
    </div>
  );
}

/** Space between the button and what it opens, and from there to the window's edge. */
const GAP = 6;

function SaveMenu({
  label,
  onSave,
}: {
  readonly label: string;
  readonly onSave: (kind: 'svg' | 'png', theme: FigureTheme) => Promise<void>;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  // For paper, whatever the page shows.
  const [theme, setTheme] = useState<FigureTheme>('light');
  const place = (): void => {
    const [at, own] = [button.current?.getBoundingClientRect(), menu.current?.getBoundingClientRect()];
    if (!at || !own || !menu.current) return;
    const fitsBelow = at.bottom + GAP + own.height <= window.innerHeight;
    const left = Math.max(GAP, Math.min(at.right, window.innerWidth - GAP) - own.width);
    menu.current.style.left = `${left}px`;
    menu.current.style.top = `${fitsBelow ? at.bottom + GAP : Math.max(GAP, at.top - GAP - own.height)}px`;
  };
  return (
    <div className={styles.tools}>
      <button ref={button} type="button" className="quiet small" popoverTarget={id}>
        <span aria-hidden="true">{messages.save}</span>
        <span className="visually-hidden">{messages.saveLabel(label)}</span>
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={messages.saveLabel(label)}
        className={styles.menu}
        onToggle={(event) => event.newState === 'open' && place()}
      >
        <Choice label={messages.theme} options={themes} value={theme} onChange={setTheme} />
        {(['svg', 'png'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            data-save={kind}
            onClick={() => {
              menu.current?.hidePopover();
              void onSave(kind, theme);
            }}
          >
            {messages[kind]}
          </button>
        ))}
      </div>
    </div>
  );
}
