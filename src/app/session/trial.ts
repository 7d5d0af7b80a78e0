import EngineWorker from '../../workers/engine.worker?worker';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { Trials } from './trials';

/**
 * A second engine, in which a person's model is tried: what it hangs or spoils is ended with it. It leaves the graphics
 * device and the other threads to the one that is shown.
 */
export const trials = new Trials({
  start: () => new EngineWorker({ name: 'trial' }),
  options() {
    const { settings, backend } = useStore.getState();
    const kind = backend?.name ?? settings.backend;
    return { backend: kind === 'cpu' ? 'cpu' : 'wasm', threads: 1 };
  },
  sentences: {
    silent: strings.workers.modelLost,
    ended: strings.workers.trialEnded,
    cancelled: strings.workers.cancelled,
  },
});
