import type { Estimate } from '../estimators/estimate';
import type { BackendReport, JobEvent, ModelInfo, Prediction, SweepJob } from '../workers/protocol';
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

/** What a job found; estimates by estimator, one place a radius. */
export interface EngineResult {
  readonly model: ModelInfo;
  readonly backend: BackendReport;
  readonly prediction: Prediction;
  readonly estimates: Readonly<Record<string, readonly (Estimate | undefined)[]>>;
  /** Estimators that could not be computed, with the reason. */
  readonly failed: readonly { readonly id: string; readonly message: string }[];
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
): Promise<Pick<EngineResult, 'prediction' | 'estimates' | 'failed'>> {
  signal.throwIfAborted();
  const cancel = (): void => engine.cancel(job.id);
  signal.addEventListener('abort', cancel, { once: true });

  let prediction: Prediction | undefined;
  const estimates: Record<string, (Estimate | undefined)[]> = {};
  const failed: { id: string; message: string }[] = [];
  let end: Extract<JobEvent, { type: 'done' | 'error' }> | undefined;
  const run = engine.run(job, (event) => {
    switch (event.type) {
      case 'progress':
        progress.show(progressText(event.fraction, event.secondsLeft));
        break;
      case 'partial':
        prediction = event.prediction ?? prediction;
        for (const { estimatorId, sigmaIndex, estimate } of event.updates) {
          estimates[estimatorId] ??= new Array<undefined>(job.sigmas.length).fill(undefined);
          estimates[estimatorId][sigmaIndex] = estimate;
        }
        if (event.failed) failed.push({ id: event.failed.estimatorId, message: event.failed.error.message });
        break;
      default:
        end = event;
    }
  });
  await run.finally(() => signal.removeEventListener('abort', cancel));
  if (end?.type === 'error') throw end.error;
  if (end?.cancelled === true) throw interrupted();
  if (prediction === undefined) throw new Error('The engine gave no prediction.');
  return { prediction, estimates, failed };
}
