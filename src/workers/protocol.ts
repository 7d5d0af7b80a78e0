/** Everything that crosses between the page and its workers. Plain data; typed arrays are copied or transferred. */
import type { AdversarialPoint } from '../estimators/adversarial';
import type { Certificate } from '../estimators/certify';
import type { ClassReading } from '../estimators/classes/reading';
import type { Estimate, StopRule } from '../estimators/estimate';
import type { MarginLandscape } from '../estimators/landscape';
import type { Crop, ImageErrorCode, PreparedImage } from '../image';
import type { SweepResult } from '../results/sweep-result';
import type { BackendChange, BackendReport, BackendRequest, EngineMemory, Pass } from './backend-info';
import type { EngineErrorInfo } from './error-info';
import type { ModelCard, ModelFacts } from './models/card';
import type { OwnModelDescription } from './models/own/description';

/** A sweep of one image over radii. Ids are chosen by the page and grow. */
export interface SweepJob {
  readonly id: number;
  readonly modelId: string;
  /** Prepared input, d values. */
  readonly x: Float32Array;
  /** Class t, or null for the prediction at the clean image. */
  readonly target: number | null;
  readonly sigmas: readonly number[];
  readonly estimators: readonly string[];
  readonly seed: number;
  readonly stop: StopRule;
}

/** What loading a model is busy with. Compiling, of shaders for WebGPU, takes seconds. */
export type LoadPhase = 'loading' | 'compiling' | 'warming_up';

/** The clean image's logits, and the class whose survival is asked for. */
export interface Prediction {
  readonly logits: readonly number[];
  readonly probabilities: readonly number[];
  readonly predicted: number;
  readonly target: number;
}

/** Where an estimate stood on its way. */
export type Waypoint = Pick<Estimate, 'evaluations' | 'gradients' | 'p' | 'lo' | 'hi'>;

export interface EstimateUpdate {
  readonly estimatorId: string;
  readonly sigmaIndex: number;
  readonly estimate: Estimate;
  /** What it passed through since the update before, in order; absent where that is nothing. */
  readonly passed?: readonly Waypoint[];
}

/** What a sweep streams back: progress and partial results mixed, then done. */
export type SweepEvent =
  | Omit<Extract<JobEvent, { type: 'progress' }>, 'jobId'>
  | Omit<Extract<JobEvent, { type: 'partial' }>, 'jobId'>
  | { readonly type: 'done'; readonly ms: number };

/** What a job streams back, in this order: progress and partial results mixed, then one of done and error. */
export type JobEvent =
  | {
      readonly type: 'progress';
      readonly jobId: number;
      /** Share done in [0, 1]; never falls. */
      readonly fraction: number;
      readonly secondsLeft: number | null;
    }
  | {
      readonly type: 'partial';
      readonly jobId: number;
      readonly prediction?: Prediction;
      readonly updates: readonly EstimateUpdate[];
      /** Estimators that are through, and one that could not be computed; the others go on. */
      readonly finished?: readonly string[];
      readonly failed?: { readonly estimatorId: string; readonly error: EngineErrorInfo };
    }
  | { readonly type: 'done'; readonly jobId: number; readonly cancelled: boolean; readonly ms: number }
  | { readonly type: 'error'; readonly jobId: number; readonly error: EngineErrorInfo };

/** The classes of noisy copies 0 ... count-1 of the Monte Carlo stream at one radius; a tie with the target is not it. */
export interface CopiesRequest {
  readonly modelId: string;
  readonly x: Float32Array;
  readonly sigma: number;
  readonly seed: number;
  readonly count: number;
  readonly target: number;
}

/** The probability of every class at one radius, by an estimator that tells all of them from one look at the model. */
export interface ClassesRequest {
  /** From the same numbers as a job's, for `cancel`. */
  readonly id: number;
  readonly modelId: string;
  readonly x: Float32Array;
  readonly estimatorId: string;
  readonly sigma: number;
  readonly seed: number;
}

/** The nearest input that is not called t. */
export interface AdversarialRequest {
  readonly id: number;
  readonly modelId: string;
  readonly x: Float32Array;
  readonly target: number;
  readonly seed: number;
}

/** The radius within which the smoothed classifier cannot leave t, which was fixed before any noise was drawn. */
export interface CertificateRequest extends AdversarialRequest {
  readonly sigma: number;
}

/** The margin over the most dangerous plane, in a square that shows noise of radius sigma. */
export type LandscapeRequest = CertificateRequest;

export interface ModelInfo {
  readonly card: ModelFacts;
  /** SHA-256 over the bytes of model.json and the weight files, as on the card. */
  readonly sha256: string;
  /** Why estimators that need gradients cannot run, to follow “because”; null where they can. */
  readonly noGradients: string | null;
  /** What a person should know of how the model is run, in sentences. */
  readonly words: readonly string[];
}

/** A file of a person's model; the path is relative to what was dropped or chosen. */
export interface OwnModelFile {
  readonly path: string;
  readonly data: Blob;
}

/** A look at a person's model, before they have described it. */
export interface OwnModelReport {
  /** sha256: and the hash over model.json and the weight files, by which it is kept and linked. */
  readonly id: string;
  readonly format: 'layers' | 'graph';
  readonly bytes: number;
  readonly parameters: number;
  /** Height, width, channels; null where the network takes any. */
  readonly shape: readonly [number | null, number | null, number | null];
  /** The network takes rows of so many values; how they form a picture is a person's to say. */
  readonly flat: number | null;
  /** Null where it depends on a size that is not known yet. */
  readonly classCount: number | null;
  /** What it is described by already if it is kept, else guesses. */
  readonly guessed: OwnModelDescription;
  readonly isKept: boolean;
  /** What was changed to get logits, and what is in doubt, in sentences. */
  readonly words: readonly string[];
  /** Why the value range that was guessed may be another, in a sentence; null where nothing speaks for another. */
  readonly doubt: string | null;
}

/** A person's model as the list has it. */
export interface OwnModelEntry {
  readonly id: string;
  readonly bytes: number;
  readonly described: OwnModelDescription;
}

export interface EngineOptions {
  readonly backend: BackendRequest;
  /** Threads of the wasm backend, null for as many as there are cores. Needs cross-origin isolation. */
  readonly threads: number | null;
  /** Absolute address of public/models/, with a slash at its end; not needed where a reader was given. */
  readonly modelsUrl?: string;
}

export interface PassRequest {
  readonly modelId: string;
  readonly pass: Pass;
  /** n inputs of d values each, row-major. */
  readonly inputs: Float32Array;
}

export interface MeasureRequest {
  readonly modelId: string;
  readonly pass: Pass;
  /** Inputs in one batch. */
  readonly batch: number;
  readonly repeats: number;
}

/** The engine worker as the page sees it. */
export interface EngineApi {
  /** Chooses the backend; called once, before anything else. */
  start(options: EngineOptions, onChange?: (change: BackendChange) => void): Promise<BackendReport>;
  /** Loads and warms up a model; one that is loaded answers at once. Rejects with EngineErrorInfo. */
  loadModel(modelId: string, onPhase?: (phase: LoadPhase) => void): Promise<ModelInfo>;
  /** Looks at a person's model and holds it until it is added or another is looked at. Rejects with EngineErrorInfo. */
  inspectOwnModel(files: readonly OwnModelFile[]): Promise<OwnModelReport>;
  /** Loads what was looked at, by its id, and keeps it if it can be run. Rejects with EngineErrorInfo. */
  addOwnModel(
    id: string,
    described: OwnModelDescription,
    onPhase?: (phase: LoadPhase) => void,
  ): Promise<{ readonly model: ModelInfo; readonly notKept: string | null }>;
  /** Loads a kept model by another description, and keeps that if it fits. Rejects with EngineErrorInfo. */
  describeOwnModel(
    id: string,
    described: OwnModelDescription,
    onPhase?: (phase: LoadPhase) => void,
  ): Promise<ModelInfo>;
  /** Lets go of what was looked at. */
  forgetOwnModel(): Promise<void>;
  removeOwnModel(id: string): Promise<void>;
  /** The models that are kept; where the browser keeps nothing, those of this session. */
  ownModels(): Promise<OwnModelEntry[]>;
  /** Runs until done, cancelled or failed; everything comes through `emit`. */
  run(job: SweepJob, emit: (event: JobEvent) => void): Promise<void>;
  /** Null if it was cancelled. Rejects with EngineErrorInfo. */
  classProbabilities(request: ClassesRequest): Promise<ClassReading | null>;
  /** Null if it was cancelled, `found` null if no point was found. Rejects with EngineErrorInfo. */
  nearestAdversarial(
    request: AdversarialRequest,
    onProgress?: (fraction: number) => void,
  ): Promise<{ readonly found: AdversarialPoint | null } | null>;
  /** Null if it was cancelled, `found` null if no margin has a gradient. Rejects with EngineErrorInfo. */
  marginLandscape(
    request: LandscapeRequest,
    onProgress?: (fraction: number) => void,
  ): Promise<{ readonly found: MarginLandscape | null } | null>;
  /** Null if it was cancelled. Rejects with EngineErrorInfo. */
  certify(request: CertificateRequest): Promise<Certificate | null>;
  /** Stops a job or request at its next batch; unknown ids are ignored. */
  cancel(jobId: number): void;
  /** Holds all jobs at their next batch, those still to come as well, until called with false. Held time counts nowhere. */
  setPaused(paused: boolean): void;
  /** Class of each copy. Rejects with EngineErrorInfo. */
  classifyCopies(request: CopiesRequest): Promise<number[]>;
  /** One pass over given inputs: n x K logits, or n x d gradients. Rejects with EngineErrorInfo. */
  evaluate(request: PassRequest): Promise<Float32Array>;
  /** Milliseconds of each repeat of a pass over noise. Rejects with EngineErrorInfo. */
  measure(request: MeasureRequest): Promise<number[]>;
  memory(): Promise<EngineMemory>;
}

export type PrepareResult =
  | {
      readonly ok: true;
      readonly prepared: PreparedImage;
      /** SHA-256 of the prepared float32 little-endian NHWC bytes. */
      readonly sha256: string;
      /** Size of the source picture. */
      readonly width: number;
      readonly height: number;
    }
  | { readonly ok: false; readonly code: ImageErrorCode; readonly message: string };

/** A model's input as an export has it. */
export type ReadInputResult =
  | {
      readonly ok: true;
      readonly shape: readonly number[];
      readonly data: Float32Array;
      /** As of a prepared image. */
      readonly sha256: string;
    }
  | { readonly ok: false; readonly code: ImageErrorCode; readonly message: string };

/** A saved sweep, or what is wrong with it. */
export type ReadSweepResult =
  | { readonly ok: true; readonly result: SweepResult }
  | { readonly ok: false; readonly message: string };

/** The image worker as the page sees it. */
export interface ImageApi {
  /**
   * From a picture file to a model's input. `key` names the file among those of the page: while the same one is asked
   * for again, with another crop perhaps, it is not decoded anew.
   */
  prepare(file: Blob, key: number, input: ModelCard['input'], crop: Crop | null): Promise<PrepareResult>;
  /** Reads an exported input. */
  readInput(npy: Blob): Promise<ReadInputResult>;
  /** Reads a saved sweep and checks it, away from the page: a large one takes a while. */
  readSweep(json: Blob): Promise<ReadSweepResult>;
  /** The noise of copies that are to be drawn: `count` rows of `length` standard normals, from the start of Monte Carlo's stream. */
  normals(seed: number, count: number, length: number): Float32Array;
}
