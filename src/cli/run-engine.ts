import type { BackendReport } from '../workers/backend-info';
import { JobCollector, type JobResult } from '../workers/collect-job';
import type { ModelInfo } from '../workers/protocol/models';
import type { SweepJob } from '../workers/protocol/sweep';
import { interrupted } from './errors';
import { type EngineChoice, type OpenEngine, openEngine } from './open-engine';
import type { Progress } from './progress';

const JOB = 1;

export interface EngineRequest extends EngineChoice {
  readonly modelId: string;
  /** An engine that runs already; else one is started. */
  readonly opened: OpenEngine | undefined;
  readonly job: Omit<SweepJob, 'id' | 'modelId'>;
}

export interface EngineResult extends JobResult {
  readonly model: ModelInfo;
  readonly backend: BackendReport;
}

function progressText(fraction: number, secondsLeft: number | null): string {
  const left = secondsLeft === null ? '' : `, about ${Math.ceil(secondsLeft)} s left`;
  return `Sampling: ${Math.floor(100 * fraction)} %${left}`;
}

/**
 * Starts the engine, as it runs in the page's worker, and runs one job to its end. Rejects with the engine's error, or
 * a CliError once `signal` aborts.
 */
export async function runEngine(
  { modelId, opened, job, ...choice }: EngineRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<EngineResult> {
  progress.show('Starting the engine');
  const { engine, report } = opened ?? (await openEngine(choice));
  const phases = {
    loading: 'Loading the model',
    compiling: 'Compiling the model',
    warming_up: 'Warming up the model',
  } as const;
  const model = await engine.loadModel(modelId, (phase) => progress.show(phases[phase]));
  const found = await runJob(engine, { ...job, id: JOB, modelId }, progress, signal);
  return { model, backend: report, ...found };
}

/** Runs one job of a loaded model to its end; errors as of `runEngine`. */
export async function runJob(
  engine: OpenEngine['engine'],
  job: SweepJob,
  progress: Progress,
  signal: AbortSignal,
): Promise<JobResult> {
  signal.throwIfAborted();
  const cancel = (): void => engine.cancel(job.id);
  signal.addEventListener('abort', cancel, { once: true });
  const collected = new JobCollector(job);
  const run = engine.run(job, (event) => {
    if (event.type === 'progress') progress.show(progressText(event.fraction, event.secondsLeft));
    else collected.add(event);
  });
  await run.finally(() => signal.removeEventListener('abort', cancel));
  const result = collected.result();
  if (result === null) throw interrupted();
  return result;
}
