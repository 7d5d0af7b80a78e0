import { rejectWithInfo } from '../errors';
import type { ControlApi, EngineApi } from '../protocol/engine';
import { heldMemory } from '../tfjs/memory';
import { batchApi } from './batch-api';
import { explainApi } from './explain-api';
import type { ModelSources } from './model-loader';
import { modelsApi } from './models-api';
import { EngineParts } from './parts';
import { sweepApi } from './sweep-api';

/** The engine behind the worker: one backend, loaded models, running jobs. Also runs in Node. */
export function createEngine(sources: ModelSources = {}): EngineApi {
  const parts = new EngineParts(sources);
  return {
    ...controlApi(parts),
    ...modelsApi(parts),
    ...sweepApi(parts),
    ...explainApi(parts),
    ...batchApi(parts),
  };
}

function controlApi({ backend, gate, jobs, linearisations, loader }: EngineParts): ControlApi {
  return {
    start(options, onChange) {
      if (options.modelsUrl !== undefined) loader.readFrom(options.modelsUrl);
      if (options.sharesLinearisations === false) linearisations.keepNone();
      return backend.start(options, onChange);
    },
    cancel: (jobId) => jobs.cancel(jobId),
    setPaused: (paused) => gate.setPaused(paused),
    memory: () => rejectWithInfo(backend.started().then(heldMemory)),
  };
}
