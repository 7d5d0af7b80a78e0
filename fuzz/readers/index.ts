import type { Reader } from '../reader';
import { arrays } from './arrays';
import { cifar } from './cifar';
import { idx } from './idx';
import { link } from './link';
import { npy } from './npy';

/** Every reader that is fuzzed. A new one is a file and a line here. */
export const READERS: readonly Reader[] = [link, idx, cifar, npy, arrays];
