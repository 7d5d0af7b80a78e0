import { expose } from 'comlink';
import { decodeAndPrepare } from './image/decode';
import { readInput } from './image/read-input';
import { normals } from './image/shown-noise';
import type { ImageApi } from './protocol/images';
import { answerPulse, longStep, longTask } from './pulse';

/** A picture or table of the largest size takes less, on a slow phone too. */
const LONGEST_MS = 20_000;

answerPulse();

/** Loaded with its schema when the first saved sweep comes: a page's first picture does not wait for it. */
const readSweep: ImageApi['readSweep'] = async (json) => {
  const reader = await import('./image/read-sweep');
  return reader.readSweep(json);
};

expose({
  prepare: (...given) => longTask(LONGEST_MS, () => decodeAndPrepare(...given)),
  readInput: (npy) => longTask(LONGEST_MS, () => readInput(npy)),
  readSweep: (json) => longTask(LONGEST_MS, () => readSweep(json)),
  normals: (...given) => longStep(LONGEST_MS, () => normals(...given)),
} satisfies ImageApi);
