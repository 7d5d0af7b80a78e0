import { expose } from 'comlink';
import { decodeAndPrepare } from './image/decode';
import { readInput } from './image/read-input';
import { normals } from './image/shown-noise';
import type { ImageApi } from './protocol';

expose({ prepare: decodeAndPrepare, readInput, normals } satisfies ImageApi);
