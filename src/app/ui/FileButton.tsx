import { useRef } from 'react';

interface FileButtonProps {
  readonly text: string;
  /** Called with one file at least. */
  readonly onChoose: (files: readonly [File, ...File[]]) => void;
  /** Which files the chooser offers, as in HTML; all of them without it. */
  readonly accept?: string;
  /** Whether several may be chosen, or a folder with all that is in it. */
  readonly takes?: 'file' | 'files' | 'folder';
  /** Called before the chooser opens. */
  readonly onOpen?: () => void;
  readonly disabled?: boolean;
  readonly className?: string;
  /** Names the control that takes the files, for tests. */
  readonly testId?: string;
}

/** A button that opens the file chooser. The same file can be chosen again. */
export function FileButton(props: FileButtonProps) {
  const { text, onChoose, accept, takes = 'file', onOpen, disabled = false, className, testId } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={className}
        disabled={disabled}
        onClick={() => {
          onOpen?.();
          input.current?.click();
        }}
      >
        {text}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={takes !== 'file'}
        {...(takes === 'folder' ? { webkitdirectory: '' } : {})}
        hidden
        data-testid={testId}
        onChange={({ target }) => {
          const [first, ...others] = target.files ?? [];
          target.value = '';
          if (first !== undefined) onChoose([first, ...others]);
        }}
      />
    </>
  );
}

/** As the file chooser takes it. */
export const PICTURES = 'image/*';
