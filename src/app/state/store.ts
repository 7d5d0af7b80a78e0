import { createStore } from 'zustand/vanilla';
import type { PackedSet } from '../../data';
import type { Crop, ImageShape, PreparedImage } from '../../image';
import type { SweepResult } from '../../results/sweep-result';
import type { BackendReport } from '../../workers/backend-info';
import type { ModelIndex } from '../../workers/models/card';
import type { OwnModelDescription } from '../../workers/models/own/description';
import type { LoadPhase, ModelInfo, OwnModelEntry, OwnModelReport } from '../../workers/protocol/models';
import { useNotified } from './gate';
import type { SigmaRange } from './radii';
import { readSettings, type Settings } from './settings';

export interface Sample {
  readonly id: string;
  /** Name of the data set whose models know what it shows, as on their cards. */
  readonly dataset: string;
  readonly url: string;
  readonly label: string;
  readonly title: string;
}

export type ImageSource =
  | { readonly kind: 'sample'; readonly sample: Sample }
  | { readonly kind: 'data'; readonly set: PackedSet; readonly index: number; readonly label: string }
  /** `label` where the file came with its class. */
  | { readonly kind: 'file'; readonly name: string; readonly label?: string }
  | { readonly kind: 'drawing' };

export interface CurrentImage {
  readonly source: ImageSource;
  /** Kept so that another crop or a model of another input can prepare it anew. */
  readonly file: Blob;
  /** Names the file to the image worker. */
  readonly key: number;
  /** Null: the largest in the middle, or all of it. */
  readonly crop: Crop | null;
  readonly prepared: PreparedImage;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

/** A crop that is being moved; the picture follows once it rests. */
interface CropDraft {
  readonly crop: Crop;
  /** What the model would see, once that is known. */
  readonly prepared: PreparedImage | null;
}

/** What is asked of a person about their model. */
export type OwnModelForm =
  | { readonly step: 'reading' }
  | {
      readonly step: 'describing';
      /** Null if the model is kept already, and its description is changed. */
      readonly report: OwnModelReport | null;
      readonly id: string;
      /** What the form begins with. */
      readonly described: OwnModelDescription;
      readonly busy: LoadPhase | null;
      /** What is wrong with what was said. */
      readonly problem: string | null;
    };

export type LandscapeSurface = 'robustness' | 'margin';

/** A saved sweep that is looked at in place of what the page computes. */
export interface OpenedSweep {
  /** Of the file. */
  readonly name: string;
  readonly result: SweepResult;
  /** The model's input, once its file came too and its hash is the sweep's. */
  readonly input: { readonly data: Float32Array; readonly shape: ImageShape } | null;
}

/** Something that could not be fetched, and another attempt. */
interface Failure {
  /** A sentence. */
  readonly message: string;
  readonly retry: () => void;
}

export interface AppState {
  readonly settings: Settings;
  readonly backend: BackendReport | null;
  /** The engine could not start, or crashed; only a reload helps. */
  readonly engineFailed: boolean;
  readonly index: ModelIndex | null;
  /** The radii that the cards of the bundled models recommend, by model. */
  readonly bundledRanges: Readonly<Record<string, SigmaRange>>;
  readonly samples: readonly Sample[];
  /** Ids of those that are shown first, one for each data set. */
  readonly defaultSamples: readonly string[];
  /** The models that a person brought and the browser keeps. */
  readonly ownModels: readonly OwnModelEntry[];
  /** A person's model on its way in, or its description being changed; null while neither. */
  readonly ownModelForm: OwnModelForm | null;
  readonly model: ModelInfo | null;
  /** What is done for the model that was asked for last; null once it is there. */
  readonly modelPhase: LoadPhase | null;
  readonly image: CurrentImage | null;
  readonly cropDraft: CropDraft | null;
  /** Unpacked data sets that can be browsed. */
  readonly testSets: readonly PackedSet[];
  /** Which of the two surfaces is looked at. */
  readonly surface: LandscapeSurface;
  /** Shown instead of everything else while it is there. */
  readonly opened: OpenedSweep | null;
  /** The model that the shown one is compared with, once it is loaded. */
  readonly otherModel: ModelInfo | null;
  /** The picture that the shown one is compared with. */
  readonly pinned: CurrentImage | null;
  /** Id of the estimator that is pointed at, and stands out wherever it is shown. */
  readonly highlighted: string | null;
  /** What was guessed, by step of the lesson; gone with the page. */
  readonly guesses: Readonly<Record<string, readonly number[]>>;
  /** A picture is being decoded. */
  readonly preparing: boolean;
  /** The tab is hidden: what runs waits until somebody looks. */
  readonly hidden: boolean;
  /** All of the page is kept for use without a network. */
  readonly keptOffline: boolean;
  /** A newer build of the page waits to take over. */
  readonly updateReady: boolean;
  /** What is needed and could not be fetched; gone once it is there, or something else in its place. */
  readonly failed: Failure | null;
  /** The beginning of the hash of the picture of its owner's that the link is of, until another picture takes its place. */
  readonly linkedHash: string | null;
  /** What went wrong last, in a sentence; cleared by the next success or by hand. */
  readonly problem: string | null;
}

const store = createStore<AppState>(() => ({
  settings: readSettings(window.location.search),
  backend: null,
  engineFailed: false,
  index: null,
  bundledRanges: {},
  samples: [],
  defaultSamples: [],
  ownModels: [],
  ownModelForm: null,
  model: null,
  modelPhase: null,
  image: null,
  cropDraft: null,
  testSets: [],
  surface: 'robustness',
  opened: null,
  otherModel: null,
  pinned: null,
  highlighted: null,
  guesses: {},
  preparing: false,
  hidden: false,
  keptOffline: false,
  updateReady: false,
  failed: null,
  linkedHash: null,
  problem: null,
}));

/** Selects from the state, for a component; its `getState`, `setState` and `subscribe` are the store's. */
export const useStore = Object.assign(
  <T>(select: (state: AppState) => T): T => useNotified(store.subscribe, () => select(store.getState())),
  store,
);

export function updateSettings(change: Partial<Settings>): void {
  useStore.setState(({ settings }) => ({ settings: { ...settings, ...change } }));
}

export function selectSurface(surface: LandscapeSurface): void {
  useStore.setState({ surface });
}

/** Keeps what was guessed at a step of the lesson. */
export function recordGuess(step: string, guess: readonly number[]): void {
  useStore.setState(({ guesses }) => ({ guesses: { ...guesses, [step]: guess } }));
}
