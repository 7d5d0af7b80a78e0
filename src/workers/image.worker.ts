import { expose } from 'comlink';
import { decodeAndPrepare } from './image/decode';
import { readInput } from './image/read-input';
import type { ImageApi } from './protocol';

expose({ prepare: decodeAndPrepare, readInput } satisfies ImageApi);
