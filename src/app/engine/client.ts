import EngineWorker from '../../workers/engine.worker?worker';
import ImageWorker from '../../workers/image.worker?worker';
import type { EngineApi } from '../../workers/protocol/engine';
import type { ImageApi } from '../../workers/protocol/images';
import { strings } from '../strings';
import { RequestIds } from './request-ids';
import { resumeRequests } from './resume';
import { SupervisedWorker } from './supervised';
import { EngineTasks } from './tasks';

/** What a person brings is tried where nothing else is lost with it; what a job asks is asked once more. */
const ONCE: readonly string[] = ['inspectOwnModel', 'addOwnModel', 'describeOwnModel'];

const requestIds = new RequestIds();

let onLoss: (part: 'engine' | 'images') => void = () => {};
let onFailure: () => void = () => {};

/** Calls back when a worker ended, or hung, and was started anew; and when that is given up. */
export function followWorkers(loss: typeof onLoss, failure: typeof onFailure): void {
  onLoss = loss;
  onFailure = failure;
}

const engineWorker = new SupervisedWorker<EngineApi>({
  start: () => new EngineWorker({ name: 'engine' }),
  attempts: (method) => (ONCE.includes(method) ? 1 : 2),
  lost: () => new Error(strings.workers.engineLost),
  first: ['start', 'setPaused'],
  ...resumeRequests(requestIds),
  onLoss: () => onLoss('engine'),
  onFailure: () => onFailure(),
});

const imageWorker = new SupervisedWorker<ImageApi>({
  start: () => new ImageWorker({ name: 'images' }),
  attempts: () => 2,
  lost: () => new Error(strings.workers.pictureLost),
  onLoss: () => onLoss('images'),
  onFailure: () => onFailure(),
});

// Both are up while the page renders.
engineWorker.start();
imageWorker.start();

/** The engine, for requests that have one answer and are not cancelled. */
export const engine = engineWorker.api;
export const images = imageWorker.api;
/** What takes long, and is cancelled once nobody waits for it. */
export const tasks = new EngineTasks(engine, requestIds);
