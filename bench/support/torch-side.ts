import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Cleanup } from './cleanup';
import { decodeFloats, encodeFloats, JsonLinesProcess } from './json-lines';
import type { Side } from './side';

const PEER = fileURLToPath(new URL('../peer/peer.py', import.meta.url));
const PYTHONS = ['python3', '/usr/bin/python3'];

export const NO_TORCH =
  'PyTorch was not found, so our engine is measured alone: install it (apt-get install python3-torch, or pip install torch numpy), or set PYTHON to an interpreter that has it.';

export type MemoryFormat = 'contiguous' | 'channels_last';
export const MEMORY_FORMATS: readonly MemoryFormat[] = ['contiguous', 'channels_last'];

export interface TorchPeer {
  readonly description: string;
  /** Computes on that device from now on, before any model is loaded: its name, or null if there is none. */
  use(device: 'cpu' | 'cuda'): Promise<string | null>;
  /** Reads a model folder; to be called before a side runs that model. */
  load(modelId: string, folder: string): Promise<void>;
  side(format: MemoryFormat, threads: number): Side;
  /** Plain sampling by the straightforward program; `load` comes first. */
  sweep(request: PlainSweep): Promise<PlainCounts>;
}

interface PlainSweep {
  readonly modelId: string;
  /** Prepared input, d values. */
  readonly x: Float32Array;
  readonly sigmas: readonly number[];
  /** Noisy copies a radius. */
  readonly copies: number;
  readonly seed: number;
  readonly threads: number;
  /** Copies a pass; PLAIN_BATCH unless told. */
  readonly batch?: number;
}

interface PlainCounts {
  /** By radius: copies that kept the clean prediction after each batch of PLAIN_BATCH. */
  readonly kept: readonly (readonly number[])[];
  readonly milliseconds: number;
}

/** As in peer.py. */
export const PLAIN_BATCH = 256;

/** One PyTorch process for all of its sides; undefined if no Python here has torch. */
export async function startTorchPeer(cleanup: Cleanup): Promise<TorchPeer | undefined> {
  const candidates = process.env.PYTHON ? [process.env.PYTHON] : PYTHONS;
  const python = candidates.find(
    (path) => spawnSync(path, ['-c', 'import torch, numpy'], { stdio: 'ignore' }).status === 0,
  );
  if (python === undefined) return undefined;
  const peer = new JsonLinesProcess('PyTorch', python, [PEER]);
  cleanup.add(() => peer.close());
  const description = await peer.ask<string>({ method: 'describe' });
  return {
    description,
    use: (device) => peer.ask<string | null>({ method: 'use', device }),
    load: (modelId, folder) => peer.ask({ method: 'load', modelId, folder }),
    sweep: ({ x, ...rest }) =>
      peer.ask({ method: 'sweep', ...rest, floats: encodeFloats(x), format: 'channels_last' }),
    side: (format, threads) => ({
      name: `PyTorch ${format}`,
      description,
      evaluate: async ({ modelId, pass, inputs }) => {
        const method = pass === 'forward' ? 'logits' : 'gradient';
        const floats = encodeFloats(inputs);
        return decodeFloats(await peer.ask<string>({ method, modelId, floats, threads, format }));
      },
      measure: (request) => peer.ask<number[]>({ method: 'time', ...request, threads, format }),
    }),
  };
}
