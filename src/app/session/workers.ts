import { type Remote, wrap } from 'comlink';
import EngineWorker from '../../workers/engine.worker?worker';
import ImageWorker from '../../workers/image.worker?worker';
import type { EngineApi, ImageApi } from '../../workers/protocol';

const engineWorker = new EngineWorker({ name: 'engine' });
const imageWorker = new ImageWorker({ name: 'images' });

/** The two workers, started as soon as this module is loaded so that they are up while the page renders. */
export const engine: Remote<EngineApi> = wrap<EngineApi>(engineWorker);
export const images: Remote<ImageApi> = wrap<ImageApi>(imageWorker);

/** Calls back if a worker's script cannot be loaded or the worker crashes: its promises would never settle. */
export function onWorkerFailure(report: (name: 'engine' | 'images') => void): void {
  for (const type of ['error', 'messageerror'] as const) {
    engineWorker.addEventListener(type, () => report('engine'));
    imageWorker.addEventListener(type, () => report('images'));
  }
}
