export { engine, followWorkers, images } from '../engine/client';
