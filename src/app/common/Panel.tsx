import { type ReactNode, useState } from 'react';
import { PANELS, type PanelName } from '../state/parts';
import { updateSettings, useStore } from '../state/store';
import { Guard } from './Guard';

function setOpen(name: PanelName, isOpen: boolean): void {
  const { open } = useStore.getState().settings;
  if (open.includes(name) === isOpen) return;
  updateSettings({ open: PANELS.filter((one) => (one === name ? isOpen : open.includes(one))) });
}

/** Whether a part of the page is unfolded: what it shows need not be there, nor be computed, before. */
export const usePanelOpen = (name: PanelName): boolean =>
  useStore(({ settings }) => settings.open.includes(name));

interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly name: PanelName;
}

/** A part of the page that is folded away until asked for; from then on it stays as it is left. */
export function Panel({ title, children, name }: PanelProps) {
  const isOpen = usePanelOpen(name);
  const [isAsked, setAsked] = useState(isOpen);
  if (isOpen && !isAsked) setAsked(true);
  return (
    <details
      className="card panel"
      data-panel={name}
      open={isOpen}
      onToggle={(event) => setOpen(name, event.currentTarget.open)}
    >
      <summary>
        <h2>{title}</h2>
      </summary>
      {isAsked && (
        <div className="panel-body">
          <Guard>{children}</Guard>
        </div>
      )}
    </details>
  );
}
