import { useStore } from '../state/store';

/** Starts the session now or, from within the lesson, once the explorer is asked for. The lesson's steps start it themselves. */
export function startWhenNeeded(): void {
  const begin = (): boolean => {
    if (useStore.getState().settings.view !== 'explore') return false;
    // The workers start as this is loaded.
    void import('./session').then(({ startSession }) => startSession());
    return true;
  };
  if (begin()) return;
  const stop = useStore.subscribe((state, previous) => {
    if (state.settings.view !== previous.settings.view && begin()) stop();
  });
}
