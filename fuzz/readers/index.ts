import type { Reader } from '../reader';
import { archives } from './archives';
import { commandLine } from './arguments';
import { arrays } from './arrays';
import { cdf } from './cdf';
import { cifar } from './cifar';
import { folders } from './folders';
import { graph } from './graph';
import { idx } from './idx';
import { journal } from './journal';
import { layers } from './layers';
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
  folders,
  sweeps,
  tables,
  merge,
  journal,
  cdf,
  commandLine,
  layers,
  graph,
];
