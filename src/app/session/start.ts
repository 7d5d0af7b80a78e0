import { useStore } from '../state/store';
import { strings } from '../strings';
import { fetchPart } from '../ui/lazy-part';
import { fail } from './problem';

function startNow(): void {
  fetchPart(() => import('./session')).then(
    ({ startSession }) => startSession(),
    () => fail(new Error(strings.failedPart.notLoaded), startNow),
  );
}

/** Starts the session now or, from within the lesson, once the explorer is asked for. The lesson's steps start it themselves. */
export function startWhenNeeded(): void {
  const begin = (): boolean => {
    const { view, embed } = useStore.getState().settings;
    if (view !== 'explore' || embed === 'figure') return false;
    // The workers start as this is loaded.
    startNow();
    return true;
  };
  if (begin()) return;
  const stop = useStore.subscribe((state, previous) => {
    if (state.settings.view !== previous.settings.view && begin()) stop();
  });
}
