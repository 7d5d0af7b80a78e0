import { useRef } from 'react';

interface PictureButtonProps {
  readonly text: string;
  readonly onChoose: (file: File) => void;
  readonly className?: string;
}

/** A button that opens the file chooser for one picture. */
export function PictureButton({ text, onChoose, className }: PictureButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {text}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) onChoose(file);
          event.target.value = '';
        }}
      />
    </>
  );
}
