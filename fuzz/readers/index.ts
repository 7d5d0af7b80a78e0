import type { Reader } from '../reader';
import { archives } from './archives';
import { arrays } from './arrays';
import { cifar } from './cifar';
import { idx } from './idx';
import { journal } from './journal';
import { link } from './link';
import { merge } from './merge';
import { npy } from './npy';
import { png } from './png';
import { sweeps } from './sweeps';
import { tables } from './tables';

/** Every reader that is fuzzed. A new one is a file and a line here. */
export const READERS: readonly Reader[] = [
  link,
  archives,
  idx,
  cifar,
  npy,
  png,
  arrays,
  sweeps,
  tables,
  merge,
  journal,
];
