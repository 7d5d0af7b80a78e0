import { availableParallelism } from 'node:os';
import '../node/engine';
import * as tf from '@tensorflow/tfjs';
import { folderReader } from '../node/bundled-models';
import type { BackendReport } from '../workers/backend-info';
import { createEngine } from '../workers/engine/engine';
import type { EngineApi } from '../workers/protocol/engine';

/** More do not help networks of this size. */
const MOST_THREADS = 8;

export interface EngineChoice {
  readonly backend: 'wasm' | 'cpu';
  /** null: one for each core, up to eight. */
  readonly threads: number | null;
}

/** An engine that was started, as it runs in the page's worker. */
export interface OpenEngine {
  readonly engine: EngineApi;
  readonly report: BackendReport;
}

/** Rejects with the engine's error. */
export async function openEngine({ backend, threads }: EngineChoice): Promise<OpenEngine> {
  // Else tfjs advertises another backend on stderr.
  tf.env().set('PROD', true);
  const engine = createEngine({ readerOf: (id) => folderReader(id) });
  const report = await engine.start({
    backend,
    threads: threads ?? Math.min(MOST_THREADS, availableParallelism()),
  });
  return { engine, report };
}
