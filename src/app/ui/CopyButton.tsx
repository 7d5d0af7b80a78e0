import { useEffect, useState } from 'react';

interface CopyButtonProps {
  /** What is copied, taken when the button is pressed. */
  readonly content: () => string;
  readonly words: { readonly copy: string; readonly copied: string; readonly failed: string };
  readonly className?: string;
  /** Id of the element that says what is copied, where the button's own words do not. */
  readonly describedBy?: string;
}

/** How long the button says what came of it. */
const MESSAGE_MS = 3000;

/** A button that copies a text, and says for a while whether it could. */
export function CopyButton({ content, words, className, describedBy }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), MESSAGE_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(content());
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return (
    <button type="button" className={className} aria-describedby={describedBy} onClick={() => void copy()}>
      <span aria-live="polite">{words[outcome ?? 'copy']}</span>
    </button>
  );
}
