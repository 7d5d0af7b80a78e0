import type { ReactNode } from 'react';

interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly name: string;
  readonly onOpen?: () => void;
}

/** A part of the page that is folded away until asked for. */
export function Panel({ title, children, name, onOpen }: PanelProps) {
  return (
    <details
      className="card panel"
      data-panel={name}
      onToggle={({ currentTarget }) => currentTarget.open && onOpen?.()}
    >
      <summary>
        <h2>{title}</h2>
      </summary>
      <div className="panel-body">{children}</div>
    </details>
  );
}
