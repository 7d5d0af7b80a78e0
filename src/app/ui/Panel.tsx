import { type ReactNode, useState } from 'react';
import { Guard } from './Guard';
import styles from './Panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Tells panels apart for tests. */
  readonly name: string;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
}

/** A part of the page that is folded away until asked for; from then on it stays as it is left. */
export function Panel({ title, children, name, isOpen, onToggle }: PanelProps) {
  const [isAsked, setAsked] = useState(isOpen);
  if (isOpen && !isAsked) setAsked(true);
  return (
    <details
      className={`card ${styles.panel}`}
      data-panel={name}
      open={isOpen}
      onToggle={(event) => onToggle(event.currentTarget.open)}
    >
      <summary>
        <h2>{title}</h2>
      </summary>
      {isAsked && (
        <div className={styles.body}>
          <Guard>{children}</Guard>
        </div>
      )}
    </details>
  );
}
