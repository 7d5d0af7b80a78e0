import { engine } from '../engine/client';
import { useStore } from '../state/store';

/** Work that nobody looks at waits: from here on jobs are held while the tab is hidden. Called once. */
export function pauseWhileHidden(): void {
  const follow = (): void => {
    const hidden = document.visibilityState === 'hidden';
    if (hidden === useStore.getState().hidden) return;
    useStore.setState({ hidden });
    void engine.setPaused(hidden);
  };
  document.addEventListener('visibilitychange', follow);
  follow();
}
