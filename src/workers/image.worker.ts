import { expose } from 'comlink';
import { decodeAndPrepare } from './image/decode';
import type { ImageApi } from './protocol';

expose({ prepare: decodeAndPrepare } satisfies ImageApi);
