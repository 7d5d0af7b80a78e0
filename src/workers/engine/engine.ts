import { type AdversarialPoint, nearestAdversarial } from '../../estimators/adversarial';
import { noisyCalls } from '../../estimators/calls';
import { type Certificate, certify } from '../../estimators/certify';
import type { ClassReading } from '../../estimators/classes';
import { DEFAULT_STOP } from '../../estimators/estimate';
import { type MarginLandscape, marginLandscape } from '../../estimators/landscape';
import { STREAMS } from '../../estimators/noise/gaussian';
import { EngineError, toErrorInfo } from '../errors';
import { isOwnId } from '../models/card';
import { type FileReader, fetchReader, loadModelFolder } from '../models/load';
import type { OwnModelDescription } from '../models/own/description';
import { memoryShelf, type OwnShelf, withMemory } from '../models/own/keep';
import type {
  AdversarialRequest,
  BackendReport,
  CertificateRequest,
  ClassesRequest,
  CopiesRequest,
  EngineApi,
  EngineMemory,
  EngineOptions,
  JobEvent,
  LandscapeRequest,
  LoadPhase,
  MeasureRequest,
  ModelInfo,
  OwnModelEntry,
  OwnModelFile,
  OwnModelReport,
  PassRequest,
  SweepJob,
} from '../protocol';
import { deviceLost, startBackend } from '../tfjs/backend';
import { TfjsClassifier } from '../tfjs/classifier';
import { heldMemory } from '../tfjs/memory';
import { type BatchMemory, tunedBatch } from './batch';
import { classReading } from './classes';
import { estimatorContext } from './context';
import { drive } from './drive';
import { assertGradients } from './gradients';
import type { LoadedOwnModel, OwnModels } from './own/own-models';
import { evaluatePass, measurePass } from './passes';
import { type Pace, PauseGate } from './pause';
import { type ReadyModel, ReadyModels } from './ready-models';
import { runSweep } from './sweep';

/** The engine behind the worker: one backend, loaded models, running jobs. Also runs in Node. */
export class Engine implements EngineApi {
  readonly #models = new ReadyModels((id, onPhase) => this.#load(id, onPhase));
  readonly #jobs = new Map<number, AbortController>();
  readonly #gate = new PauseGate();
  #backend: Promise<BackendReport> | undefined;
  #readerOf: (modelId: string) => FileReader = () => {
    throw new EngineError('bad_request', 'The engine was not started.');
  };

  readonly #memory: BatchMemory | undefined;
  readonly #shelf: OwnShelf;
  #ownModels: Promise<OwnModels> | undefined;

  /**
   * @param readerOf where model folders are read from, if not over HTTP from `modelsUrl` of `start`
   * @param memory keeps what was tuned for the next start
   * @param shelf keeps the models that a person brings
   */
  constructor(
    readerOf?: (modelId: string) => FileReader,
    memory?: BatchMemory,
    shelf: OwnShelf = memoryShelf(),
  ) {
    if (readerOf !== undefined) this.#readerOf = readerOf;
    this.#memory = memory;
    this.#shelf = withMemory(shelf);
  }

  start({ backend, threads, modelsUrl }: EngineOptions): Promise<BackendReport> {
    if (modelsUrl !== undefined) this.#readerOf = (id) => fetchReader(new URL(`${id}/`, modelsUrl).href);
    this.#backend ??= rejectWithInfo(
      startBackend(backend, threads).then((report) => {
        void deviceLost().then((message) => this.#failAll(message));
        return report;
      }),
    );
    return this.#backend;
  }

  loadModel(modelId: string, onPhase?: (phase: LoadPhase) => void): Promise<ModelInfo> {
    return rejectWithInfo(this.#models.get(modelId, onPhase).then(({ info }) => info));
  }

  inspectOwnModel(files: readonly OwnModelFile[]): Promise<OwnModelReport> {
    const inspect = async () => {
      await this.#started();
      return (await this.#own()).inspect(files);
    };
    return rejectWithInfo(inspect());
  }

  addOwnModel(
    id: string,
    described: OwnModelDescription,
    onPhase?: (phase: LoadPhase) => void,
  ): Promise<{ readonly model: ModelInfo; readonly notKept: string | null }> {
    const add = async () => {
      const backend = await this.#started();
      onPhase?.('loading');
      const { loaded, notKept } = await (await this.#own()).add(id, described, backend.name);
      const ready = this.#warmedUp(loaded, backend, onPhase);
      this.#models.put(id, ready);
      return { model: (await ready).info, notKept };
    };
    return rejectWithInfo(add());
  }

  describeOwnModel(
    id: string,
    described: OwnModelDescription,
    onPhase?: (phase: LoadPhase) => void,
  ): Promise<ModelInfo> {
    const describe = async () => {
      const backend = await this.#started();
      onPhase?.('loading');
      const ready = this.#warmedUp(
        await (await this.#own()).describe(id, described, backend.name),
        backend,
        onPhase,
      );
      this.#models.put(id, ready);
      return (await ready).info;
    };
    return rejectWithInfo(describe());
  }

  async forgetOwnModel(): Promise<void> {
    (await this.#own()).forget();
  }

  removeOwnModel(id: string): Promise<void> {
    const remove = async () => {
      await (await this.#own()).remove(id);
      this.#models.retire(id);
    };
    return rejectWithInfo(remove());
  }

  async ownModels(): Promise<OwnModelEntry[]> {
    const kept = await this.#shelf.list();
    return kept.map(({ sha256, bytes, described }) => ({ id: `sha256:${sha256}`, bytes, described }));
  }

  async run(job: SweepJob, emit: (event: JobEvent) => void): Promise<void> {
    const controller = new AbortController();
    this.#jobs.set(job.id, controller);
    const pace = this.#gate.pace(controller.signal);
    const start = pace.now();
    try {
      const { signal } = controller;
      await this.#models.use(job.modelId, async ({ classifier, info }) => {
        if (!signal.aborted) await runSweep(job, classifier, emit, signal, pace, info.noGradients);
      });
      const cancelled = controller.signal.aborted;
      if (controller.signal.reason instanceof EngineError) throw controller.signal.reason;
      emit({ type: 'done', jobId: job.id, cancelled, ms: pace.now() - start });
    } catch (thrown) {
      // Whatever broke in a lost device, the loss is what a person can act on.
      const { reason } = controller.signal;
      const error = toErrorInfo(reason instanceof EngineError ? reason : thrown);
      emit({ type: 'error', jobId: job.id, error });
    } finally {
      this.#jobs.delete(job.id);
    }
  }

  classProbabilities(request: ClassesRequest): Promise<ClassReading | null> {
    return this.#ask(request, ({ classifier, info }, signal, pace) =>
      classReading(request, classifier, signal, pace, info.noGradients),
    );
  }

  nearestAdversarial(
    request: AdversarialRequest,
    onProgress?: (fraction: number) => void,
  ): Promise<{ readonly found: AdversarialPoint | null } | null> {
    return this.#ask(request, async ({ classifier, info }, signal, pace) => {
      assertGradients('The search for the nearest adversary', info.noGradients);
      const { x, target, seed } = request;
      const rest = { sigmas: [], stop: DEFAULT_STOP, now: () => pace.now() };
      const context = estimatorContext({ classifier, x, target, seed, ...rest });
      const found = await drive(nearestAdversarial(context), signal, pace, onProgress);
      return signal.aborted ? null : { found };
    });
  }

  marginLandscape(
    request: LandscapeRequest,
    onProgress?: (fraction: number) => void,
  ): Promise<{ readonly found: MarginLandscape | null } | null> {
    return this.#ask(request, async ({ classifier, info }, signal, pace) => {
      assertGradients('The landscape of the margin', info.noGradients);
      const { x, target, seed, sigma } = request;
      const rest = { sigmas: [sigma], stop: DEFAULT_STOP, now: () => pace.now() };
      const context = estimatorContext({ classifier, x, target, seed, ...rest });
      const found = await drive(marginLandscape(context, sigma), signal, pace, onProgress);
      return signal.aborted ? null : { found };
    });
  }

  certify(request: CertificateRequest): Promise<Certificate | null> {
    return this.#ask(request, ({ classifier }, signal, pace) =>
      drive(certify({ ...request, classifier }, request.sigma), signal, pace),
    );
  }

  cancel(jobId: number): void {
    this.#jobs.get(jobId)?.abort();
  }

  setPaused(paused: boolean): void {
    this.#gate.setPaused(paused);
  }

  classifyCopies({ modelId, x, sigma, seed, count, target }: CopiesRequest): Promise<number[]> {
    const classify = async ({ classifier }: ReadyModel) => {
      const batch = { x, sigma, seed, stream: STREAMS.mc, firstSample: 0, count };
      return [...(await noisyCalls(classifier, batch, target)).called];
    };
    return rejectWithInfo(this.#models.use(modelId, classify));
  }

  evaluate(request: PassRequest): Promise<Float32Array> {
    return rejectWithInfo(
      this.#models.use(request.modelId, ({ classifier }) => evaluatePass(classifier, request)),
    );
  }

  measure(request: MeasureRequest): Promise<number[]> {
    return rejectWithInfo(
      this.#models.use(request.modelId, ({ classifier }) => measurePass(classifier, request)),
    );
  }

  memory(): Promise<EngineMemory> {
    return rejectWithInfo(this.#started().then(heldMemory));
  }

  /** A request of one answer that `cancel` can stop; null if it did. */
  async #ask<T>(
    { id, modelId }: { readonly id: number; readonly modelId: string },
    answer: (model: ReadyModel, signal: AbortSignal, pace: Pace) => Promise<T | null>,
  ): Promise<T | null> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#jobs.set(id, controller);
    try {
      const found = await this.#models.use(modelId, async (model) =>
        signal.aborted ? null : answer(model, signal, this.#gate.pace(signal)),
      );
      if (signal.reason instanceof EngineError) throw signal.reason;
      return found;
    } catch (thrown) {
      throw toErrorInfo(signal.reason instanceof EngineError ? signal.reason : thrown);
    } finally {
      this.#jobs.delete(id);
    }
  }

  async #started(): Promise<BackendReport> {
    if (this.#backend === undefined) throw new EngineError('bad_request', 'The engine was not started.');
    return this.#backend;
  }

  /** Its code is loaded when it is first needed. */
  #own(): Promise<OwnModels> {
    this.#ownModels ??= import('./own/own-models').then(({ OwnModels }) => new OwnModels(this.#shelf));
    return this.#ownModels;
  }

  async #load(modelId: string, onPhase?: (phase: LoadPhase) => void): Promise<ReadyModel> {
    const started = this.#started();
    onPhase?.('loading');
    const backend = await started;
    if (isOwnId(modelId)) {
      return this.#warmedUp(await (await this.#own()).load(modelId, backend.name), backend, onPhase);
    }
    const { card, sha256, model } = await loadModelFolder(modelId, this.#readerOf(modelId));
    const classifier = new TfjsClassifier(model, card.input.shape, card.labels.length);
    return this.#warmedUp({ card, sha256, classifier, noGradients: null, words: [] }, backend, onPhase);
  }

  async #warmedUp(
    { card, sha256, classifier, noGradients, words }: LoadedOwnModel,
    backend: BackendReport,
    onPhase?: (phase: LoadPhase) => void,
  ): Promise<ReadyModel> {
    onPhase?.('warming_up');
    try {
      await warmUp(classifier, noGradients === null);
      if (backend.name !== 'webgpu') {
        const pass = (rows: number) => classifier.logits(new Float32Array(rows * classifier.inputLength));
        const tuned = await tunedBatch(sha256, backend, pass, this.#memory, () => performance.now());
        classifier.batch = Math.min(classifier.batch, tuned);
      }
    } catch (error) {
      classifier.dispose();
      throw error;
    }
    return { info: { card, sha256, noGradients, words }, classifier };
  }

  #failAll(message: string): void {
    const error = new EngineError(
      'device_lost',
      `The graphics device was lost (${message || 'no reason given'}); reload the page to go on.`,
    );
    this.#models.clear();
    this.#backend = Promise.reject(error);
    this.#backend.catch(() => {});
    for (const controller of this.#jobs.values()) controller.abort(error);
  }
}

/** Runs the shapes that a sweep will use once, so that shaders and kernels are ready when an image comes. */
async function warmUp(classifier: TfjsClassifier, hasGradients: boolean): Promise<void> {
  const { batch: count } = classifier;
  const x = new Float32Array(classifier.inputLength);
  if (hasGradients) await classifier.linearise(x);
  await classifier.noisyLogits({ x, sigma: 1, seed: 0, stream: STREAMS.pilot, firstSample: 0, count });
}

/** Rejections cross to the page as plain data: an Error would lose its code on the way. */
async function rejectWithInfo<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw toErrorInfo(error);
  }
}
