import { expose } from 'comlink';
import { decodeAndPrepare } from './image/decode';
import { readInput } from './image/read-input';
import { normals } from './image/shown-noise';
import type { ImageApi } from './protocol';

/** Loaded with its schema when the first saved sweep comes: a page's first picture does not wait for it. */
const readSweep: ImageApi['readSweep'] = async (json) => {
  const reader = await import('./image/read-sweep');
  return reader.readSweep(json);
};

expose({ prepare: decodeAndPrepare, readInput, readSweep, normals } satisfies ImageApi);
