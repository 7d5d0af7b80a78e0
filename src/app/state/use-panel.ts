import { PANELS, type PanelName } from './parts';
import { updateSettings, useStore } from './store';

function setOpen(name: PanelName, isOpen: boolean): void {
  const { open } = useStore.getState().settings;
  if (open.includes(name) === isOpen) return;
  updateSettings({ open: PANELS.filter((one) => (one === name ? isOpen : open.includes(one))) });
}

/** What a panel has to know. */
interface PanelState {
  readonly name: PanelName;
  /** What an unfolded panel shows need not be there, nor be computed, before. */
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
}

/** Whether a panel is unfolded, and the way to fold it: a setting, which the link carries. */
export function usePanel(name: PanelName): PanelState {
  const isOpen = useStore(({ settings }) => settings.open.includes(name));
  return { name, isOpen, onToggle: (next) => setOpen(name, next) };
}
