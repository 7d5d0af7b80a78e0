import type { BackendReport } from '../backend-info';
import { EngineError } from '../errors';
import { isOwnId } from '../models/card';
import { type FileReader, fetchReader, loadModelFolder } from '../models/load';
import { memoryStorage, type OwnModelStorage, withMemory } from '../models/own/storage';
import type { LoadPhase } from '../protocol/models';
import { TfjsClassifier } from '../tfjs/classifier';
import type { EngineBackend } from './backend';
import { type BatchMemory, tunedBatch } from './batch-size';
import type { LoadedOwnModel, OwnModels } from './own/own-models';
import type { ReadyModel } from './ready-models';
import { offerReference } from './reference';
import { warmUp } from './warm-up';

/** Where an engine has models from, and what it keeps; without any it fetches models and keeps those of its own life. */
export interface ModelSources {
  /** Reads model folders, if not over HTTP from `modelsUrl` of `start`. */
  readonly readerOf?: ((modelId: string) => FileReader) | undefined;
  /** Keeps what was tuned for the next start. */
  readonly memory?: BatchMemory | undefined;
  /** Keeps the models that a person brings. */
  readonly storage?: OwnModelStorage | undefined;
}

/** Loads models and makes them ready to run. */
export class ModelLoader {
  readonly storage: OwnModelStorage;
  readonly #memory: BatchMemory | undefined;
  #ownModels: Promise<OwnModels> | undefined;
  #readerOf: (modelId: string) => FileReader;

  constructor(
    readonly backend: EngineBackend,
    { readerOf, memory, storage = memoryStorage() }: ModelSources,
  ) {
    this.storage = withMemory(storage);
    this.#memory = memory;
    this.#readerOf =
      readerOf ??
      (() => {
        throw new EngineError('bad_request', 'The engine was not started.');
      });
  }

  /** Fetches model folders from below this address. */
  readFrom(modelsUrl: string): void {
    this.#readerOf = (id) => fetchReader(new URL(`${id}/`, modelsUrl).href);
  }

  /** A person's models. Their code is loaded when it is first needed. */
  own(): Promise<OwnModels> {
    this.#ownModels ??= import('./own/own-models').then(({ OwnModels }) => new OwnModels(this.storage));
    return this.#ownModels;
  }

  /** Loads a model of either kind by its id. Rejects with EngineError. */
  async load(modelId: string, onPhase?: (phase: LoadPhase) => void): Promise<ReadyModel> {
    const started = this.backend.started();
    onPhase?.('loading');
    const backend = await started;
    if (isOwnId(modelId)) {
      return this.warmUp(await (await this.own()).load(modelId, backend.name), backend, onPhase);
    }
    const { card, sha256, model } = await loadModelFolder(modelId, this.#readerOf(modelId));
    const classifier = new TfjsClassifier(model, card.input.shape, card.labels.length);
    offerReference(classifier, card.rounding?.largestMarginDifference ?? null);
    return this.warmUp({ card, sha256, classifier, noGradients: null, words: [] }, backend, onPhase);
  }

  /** Compiles what a loaded model needs and finds its batch; disposes of it if that fails. */
  async warmUp(
    { card, sha256, classifier, noGradients, words }: LoadedOwnModel,
    backend: BackendReport,
    onPhase?: (phase: LoadPhase) => void,
  ): Promise<ReadyModel> {
    if (classifier.reference === undefined) offerReference(classifier, null);
    onPhase?.(backend.name === 'webgpu' ? 'compiling' : 'warming_up');
    try {
      await warmUp(classifier, noGradients === null, this.backend.integrator);
      if (backend.name !== 'webgpu') {
        const tuned = await tunedBatch({
          modelHash: sha256,
          backend,
          pass: (rows) => classifier.logits(new Float32Array(rows * classifier.inputLength)),
          memory: this.#memory,
          now: () => performance.now(),
        });
        classifier.batch = Math.min(classifier.batch, tuned);
      }
    } catch (error) {
      classifier.dispose();
      throw error;
    }
    return { info: { card, sha256, noGradients, words }, classifier };
  }
}
