import EngineWorker from '../../workers/engine.worker?worker';
import type { EngineApi } from '../../workers/protocol';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { SupervisedWorker } from './supervised';

/** A second engine, in which a person's model is tried: what it hangs or spoils is ended with it. */

/** A trial that is silent for longer than this, and did not say that it would be, is ended. */
const PATIENCE_MS = 10_000;

let isBegun = false;

const worker = new SupervisedWorker<EngineApi>({
  start: () => new EngineWorker({ name: 'trial' }),
  patience: PATIENCE_MS,
  attempts: () => 1,
  lost: () => new Error(strings.workers.modelLost),
  onLoss: () => {
    isBegun = false;
  },
});

/** The engine for trials. It leaves the graphics device and the other threads to the one that is shown. */
export async function trialEngine(): Promise<typeof worker.api> {
  if (!isBegun) {
    isBegun = true;
    const { settings, backend } = useStore.getState();
    const kind = backend?.name ?? settings.backend;
    await worker.api.start({ backend: kind === 'cpu' ? 'cpu' : 'wasm', threads: 1 });
  }
  return worker.api;
}

/** Ends what is tried. */
export function endTrial(): void {
  isBegun = false;
  worker.end(new Error(strings.workers.cancelled));
}
