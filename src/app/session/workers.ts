import { type Remote, wrap } from 'comlink';
import EngineWorker from '../../workers/engine.worker?worker';
import ImageWorker from '../../workers/image.worker?worker';
import type { EngineApi, ImageApi } from '../../workers/protocol';

/** The two workers, started as soon as this module is loaded so that they warm up while the page renders. */
export const engine: Remote<EngineApi> = wrap<EngineApi>(new EngineWorker({ name: 'engine' }));
export const images: Remote<ImageApi> = wrap<ImageApi>(new ImageWorker({ name: 'images' }));
