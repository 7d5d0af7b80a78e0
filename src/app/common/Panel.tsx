import type { ReactNode } from 'react';

/** A part of the page that is folded away until asked for. */
export function Panel({ title, children, name }: { title: string; children: ReactNode; name: string }) {
  return (
    <details className="card panel" data-panel={name}>
      <summary>
        <h2>{title}</h2>
      </summary>
      <div className="panel-body">{children}</div>
    </details>
  );
}
