import type { BackendChange, BackendReport, BackendRequest, EngineMemory } from '../backend-info';
import type { BatchApi } from './batch';
import type { ExplainApi } from './explain';
import type { ModelsApi } from './models';
import type { SweepApi } from './sweep';

export interface EngineOptions {
  readonly backend: BackendRequest;
  /** Threads of the wasm backend, null for as many as there are cores. Needs cross-origin isolation. */
  readonly threads: number | null;
  /** False where jobs are timed: each is then to compute its own linearisation, whatever ran before it. */
  readonly sharesLinearisations?: boolean;
  /** Absolute address of public/models/, with a slash at its end; not needed where a reader was given. */
  readonly modelsUrl?: string;
}

/** The engine's start, and what concerns all that runs. */
export interface ControlApi {
  /** Chooses the backend; called once, before anything else. */
  start(options: EngineOptions, onChange?: (change: BackendChange) => void): Promise<BackendReport>;
  /** Stops a job or request at its next batch; unknown ids are ignored. */
  cancel(jobId: number): void;
  /** Holds all jobs at their next batch, those still to come as well, until called with false. Held time counts nowhere. */
  setPaused(paused: boolean): void;
  memory(): Promise<EngineMemory>;
}

/** The engine worker as the page sees it. */
export interface EngineApi extends ControlApi, ModelsApi, SweepApi, ExplainApi, BatchApi {}
