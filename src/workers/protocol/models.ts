import type { ModelFacts } from '../models/card';
import type { OwnModelDescription } from '../models/own/description';

/** What loading a model is busy with. Compiling, of shaders for WebGPU, takes seconds. */
export type LoadPhase = 'loading' | 'compiling' | 'warming_up';

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

/** Models that the engine holds, and a person's own. Everything rejects with EngineErrorInfo. */
export interface ModelsApi {
  /** Loads and warms up a model; one that is loaded answers at once. */
  loadModel(modelId: string, onPhase?: (phase: LoadPhase) => void): Promise<ModelInfo>;
  /** Looks at a person's model and holds it until it is added or another is looked at. */
  inspectOwnModel(files: readonly OwnModelFile[]): Promise<OwnModelReport>;
  /** Loads what was looked at, by its id, and keeps it if it can be run. */
  addOwnModel(
    id: string,
    described: OwnModelDescription,
    onPhase?: (phase: LoadPhase) => void,
  ): Promise<{ readonly model: ModelInfo; readonly notKept: string | null }>;
  /** Loads a kept model by another description, and keeps that if it fits. */
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
}
