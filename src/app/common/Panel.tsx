import type { ReactNode } from 'react';
import { useStore } from '../state/store';

function setOpen(name: string, open: boolean): void {
  useStore.setState(({ openPanels }) => ({
    openPanels: [...openPanels.filter((one) => one !== name), ...(open ? [name] : [])],
  }));
}

/** A part of the page that is folded away until asked for. */
export function Panel({ title, children, name }: { title: string; children: ReactNode; name: string }) {
  return (
    <details
      className="card panel"
      data-panel={name}
      onToggle={(event) => setOpen(name, event.currentTarget.open)}
    >
      <summary>
        <h2>{title}</h2>
      </summary>
      <div className="panel-body">{children}</div>
    </details>
  );
}
