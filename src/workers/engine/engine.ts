import { type AdversarialPoint, nearestAdversarial } from '../../estimators/adversarial';
import { noisyCalls } from '../../estimators/calls';
import { type Certificate, certify } from '../../estimators/certify';
import type { ClassReading } from '../../estimators/classes';
import { DEFAULT_STOP } from '../../estimators/estimate';
import { type MarginLandscape, marginLandscape } from '../../estimators/landscape';
import { STREAMS } from '../../estimators/noise/gaussian';
import type { BackendChange, BackendReport, EngineMemory } from '../backend-info';
import { EngineError, toErrorInfo } from '../errors';
import { isOwnId } from '../models/card';
import { type FileReader, fetchReader, loadModelFolder } from '../models/load';
import type { OwnModelDescription } from '../models/own/description';
import { memoryShelf, type OwnShelf, withMemory } from '../models/own/keep';
import type {
  AdversarialRequest,
  CertificateRequest,
  ClassesRequest,
  CopiesRequest,
  EngineApi,
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
import { replaceBackend, startBackend } from '../tfjs/backend';
import { TfjsClassifier } from '../tfjs/classifier';
import { type DeviceTrouble, watchDevice } from '../tfjs/device';
import { heldMemory } from '../tfjs/memory';
import { DeviceIntegrator } from '../webgpu/gaussian-cdf';
import { type BatchMemory, tunedBatch } from './batch';
import { classReading } from './classes';
import { estimatorContext } from './context';
import { drive } from './drive';
import { assertGradients } from './gradients';
import type { LoadedOwnModel, OwnModels } from './own/own-models';
import { evaluatePass, measurePass } from './passes';
import { type Pace, PauseGate, pauseBetweenSteps } from './pause';
import { type ReadyModel, ReadyModels } from './ready-models';
import { Recovery } from './recovery';
import { offerReference } from './reference';
import { ResumableJob } from './resumable';
import { runSweep } from './sweep';
import { warmUp } from './warm-up';

/** A graphics device that is lost as often as this is not asked for again. */
const MOST_DEVICES = 3;

/** The engine behind the worker: one backend, loaded models, running jobs. Also runs in Node. */
export class Engine implements EngineApi {
  readonly #models = new ReadyModels((id, onPhase) => this.#load(id, onPhase));
  readonly #jobs = new Map<number, AbortController>();
  readonly #gate = new PauseGate();
  readonly #recovery = new Recovery((trouble) => this.#restore(trouble));
  #backend: Promise<BackendReport> | undefined;
  #integrator: DeviceIntegrator | undefined;
  #options: Pick<EngineOptions, 'backend' | 'threads'> = { backend: 'auto', threads: null };
  #onChange: (change: BackendChange) => void = () => {};
  #losses = 0;
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

  start(
    { backend, threads, modelsUrl }: EngineOptions,
    onChange: (change: BackendChange) => void = () => {},
  ): Promise<BackendReport> {
    if (modelsUrl !== undefined) this.#readerOf = (id) => fetchReader(new URL(`${id}/`, modelsUrl).href);
    if (this.#backend === undefined) {
      this.#options = { backend, threads };
      this.#onChange = onChange;
      this.#backend = rejectWithInfo(startBackend(backend, threads).then((report) => this.#begun(report)));
    }
    return this.#backend;
  }

  loadModel(modelId: string, onPhase?: (phase: LoadPhase) => void): Promise<ModelInfo> {
    const load = async () => (await this.#models.get(modelId, onPhase)).info;
    return rejectWithInfo(this.#recovery.finish(load));
  }

  inspectOwnModel(files: readonly OwnModelFile[]): Promise<OwnModelReport> {
    const inspect = async () => {
      await this.#started();
      return (await this.#own()).inspect(files);
    };
    return rejectWithInfo(this.#recovery.finish(inspect));
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
    return rejectWithInfo(this.#recovery.finish(add));
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
    return rejectWithInfo(this.#recovery.finish(describe));
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
    const resumable = new ResumableJob(job, emit);
    let ms = 0;
    const attempt = async (signal: AbortSignal): Promise<void> => {
      const rest = resumable.rest();
      if (rest === null) return;
      const pace = this.#gate.pace(signal);
      const start = pace.now();
      try {
        await this.#models.use(job.modelId, async ({ classifier, info }) => {
          if (signal.aborted) return;
          await runSweep(rest, classifier, resumable.emit, signal, pace, info.noGradients, this.#integrator);
        });
      } finally {
        ms += pace.now() - start;
      }
    };
    try {
      await this.#recovery.run(attempt, controller.signal);
      emit({ type: 'done', jobId: job.id, cancelled: controller.signal.aborted, ms });
    } catch (thrown) {
      emit({ type: 'error', jobId: job.id, error: toErrorInfo(thrown) });
    } finally {
      this.#jobs.delete(job.id);
    }
  }

  classProbabilities(request: ClassesRequest): Promise<ClassReading | null> {
    return this.#ask(request, ({ classifier, info }, signal, pace) =>
      classReading(request, classifier, signal, pace, info.noGradients, this.#integrator),
    );
  }

  nearestAdversarial(
    request: AdversarialRequest,
    onProgress?: (fraction: number) => void,
  ): Promise<{ readonly found: AdversarialPoint | null } | null> {
    return this.#ask(request, async ({ classifier, info }, signal, pace) => {
      assertGradients('The search for the nearest adversary', info.noGradients);
      const { x, target, seed } = request;
      const pause = pauseBetweenSteps(pace, signal);
      const rest = { sigmas: [], stop: DEFAULT_STOP, now: () => pace.now(), pause };
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
      const pause = pauseBetweenSteps(pace, signal);
      const rest = { sigmas: [sigma], stop: DEFAULT_STOP, now: () => pace.now(), pause };
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
      const batch = { x, sigma, seed, stream: STREAMS.plain, firstSample: 0, count };
      return [...(await noisyCalls(classifier, batch, target)).called];
    };
    return this.#use(modelId, classify);
  }

  evaluate(request: PassRequest): Promise<Float32Array> {
    return this.#use(request.modelId, ({ classifier }) => evaluatePass(classifier, request));
  }

  measure(request: MeasureRequest): Promise<number[]> {
    return this.#use(request.modelId, ({ classifier }) => measurePass(classifier, request));
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
    this.#jobs.set(id, controller);
    try {
      const found = await this.#recovery.run(
        (signal) =>
          this.#models.use(modelId, async (model) =>
            signal.aborted ? null : answer(model, signal, this.#gate.pace(signal)),
          ),
        controller.signal,
      );
      return found ?? null;
    } catch (thrown) {
      throw toErrorInfo(thrown);
    } finally {
      this.#jobs.delete(id);
    }
  }

  #use<T>(modelId: string, work: (model: ReadyModel) => Promise<T>): Promise<T> {
    return rejectWithInfo(this.#recovery.finish(() => this.#models.use(modelId, work)));
  }

  #begun(report: BackendReport): BackendReport {
    watchDevice((trouble) => this.#recovery.lose(trouble));
    const isFast = report.name === 'webgpu' && !report.software;
    this.#integrator = isFast ? new DeviceIntegrator() : undefined;
    return report;
  }

  /** Another device, or another backend where devices keep being lost; models are loaded again as they are asked for. */
  async #restore({ message, again }: DeviceTrouble): Promise<void> {
    this.#losses++;
    await this.#models.clear();
    const { backend, threads } = this.#options;
    const trouble = { message, again: again && this.#losses < MOST_DEVICES };
    this.#backend = replaceBackend(backend, threads, trouble).then((report) => this.#begun(report));
    const report = await this.#backend;
    this.#onChange({
      report,
      message: `The graphics device was lost. What was running goes on, and nothing is lost. ${report.reason}`,
    });
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
    offerReference(classifier, card.rounding?.largestMarginDifference ?? null);
    return this.#warmedUp({ card, sha256, classifier, noGradients: null, words: [] }, backend, onPhase);
  }

  async #warmedUp(
    { card, sha256, classifier, noGradients, words }: LoadedOwnModel,
    backend: BackendReport,
    onPhase?: (phase: LoadPhase) => void,
  ): Promise<ReadyModel> {
    if (classifier.reference === undefined) offerReference(classifier, null);
    onPhase?.(backend.name === 'webgpu' ? 'compiling' : 'warming_up');
    try {
      await warmUp(classifier, noGradients === null, this.#integrator);
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
}

/** Rejections cross to the page as plain data: an Error would lose its code on the way. */
async function rejectWithInfo<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw toErrorInfo(error);
  }
}
