import { rejectWithInfo, toErrorInfo } from '../errors';
import { EngineBackend } from './backend';
import type { JobSetting } from './job';
import { Linearisations } from './linearisations';
import { ModelLoader, type ModelSources } from './model-loader';
import { PauseGate } from './pause';
import { type ReadyModel, ReadyModels } from './ready-models';
import { Recovery } from './recovery';
import { RunningJobs } from './running-jobs';

/** What the features of one engine share: its backend, its models and what runs. */
export class EngineParts {
  readonly jobs = new RunningJobs();
  readonly gate = new PauseGate();
  readonly linearisations = new Linearisations();
  readonly backend = new EngineBackend((trouble) => this.recovery.lose(trouble));
  readonly recovery: Recovery;
  readonly loader: ModelLoader;
  readonly models: ReadyModels;

  constructor(sources: ModelSources) {
    this.loader = new ModelLoader(this.backend, sources);
    this.models = new ReadyModels(
      (id, onPhase) => this.loader.load(id, onPhase),
      ({ classifier }) => this.linearisations.forget(classifier),
    );
    this.recovery = new Recovery(async (trouble) => {
      // Models are loaded again as they are asked for.
      await this.models.clear();
      await this.backend.replace(trouble);
    });
  }

  settingOf({ classifier, info }: ReadyModel, signal: AbortSignal): JobSetting {
    const { gate, backend, linearisations } = this;
    return {
      classifier,
      signal,
      pace: gate.pace(signal),
      noGradients: info.noGradients,
      integrator: backend.integrator,
      linearisations,
    };
  }

  /** Work on a model that `cancel` can stop; null if it did. Rejects with EngineErrorInfo. */
  async ask<T>(
    { id, modelId }: { readonly id: number; readonly modelId: string },
    answer: (setting: JobSetting) => Promise<T | null>,
  ): Promise<T | null> {
    const attempt = (signal: AbortSignal): Promise<T | null> =>
      this.models.use(modelId, async (model) =>
        signal.aborted ? null : answer(this.settingOf(model, signal)),
      );
    try {
      return (await this.jobs.run(id, (signal) => this.recovery.run(attempt, signal))) ?? null;
    } catch (thrown) {
      throw toErrorInfo(thrown);
    }
  }

  /** Work on a model that is not stopped. Rejects with EngineErrorInfo. */
  use<T>(modelId: string, work: (model: ReadyModel) => Promise<T>): Promise<T> {
    return rejectWithInfo(this.recovery.finish(() => this.models.use(modelId, work)));
  }
}
