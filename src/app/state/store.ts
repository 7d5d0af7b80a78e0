import { createContext, useContext } from 'react';
import { createStore, useStore as useSelected } from 'zustand';
import type { PackedSet } from '../../data';
import type { AdversarialPoint } from '../../estimators/adversarial';
import type { Certificate } from '../../estimators/certify';
import type { ClassReading } from '../../estimators/classes/reading';
import type { Estimate } from '../../estimators/estimate';
import type { MarginLandscape } from '../../estimators/landscape';
import type { Crop, ImageShape, PreparedImage } from '../../image';
import type { SweepResult } from '../../results/sweep-result';
import type { BackendReport } from '../../workers/backend-info';
import type { ModelIndex } from '../../workers/models/card';
import type { OwnModelDescription } from '../../workers/models/own/description';
import type { LoadPhase, ModelInfo, OwnModelEntry, OwnModelReport, Prediction } from '../../workers/protocol';
import type { ReadableStore } from './gated-store';
import type { History } from './history';
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

/** Estimates by estimator id, one place a radius. */
type EstimateTable = Readonly<Record<string, readonly (Estimate | undefined)[]>>;

export interface SweepState {
  /** Identifies image, model and settings; results of another key are never merged. */
  readonly key: string;
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  readonly fraction: number;
  readonly secondsLeft: number | null;
  readonly sigmas: readonly number[];
  readonly prediction: Prediction | null;
  readonly estimates: EstimateTable;
  /** How the estimates came about. */
  readonly history: Readonly<Record<string, readonly (History | undefined)[]>>;
  /** Estimators whose every radius is final. */
  readonly complete: readonly string[];
  /** Estimators that could not be computed. */
  readonly failed: readonly string[];
  readonly ms: number | null;
  /** All of it was computed before and came back, with the times of then. */
  readonly recalled: boolean;
}

/** Copies 0 ... n-1 of the Monte Carlo stream, with all that is needed to draw exactly those. */
export interface NoisyCopies {
  readonly sigma: number;
  readonly seed: number;
  readonly x: Float32Array;
  /** One row of standard normals a copy. */
  readonly normals: Float32Array;
  readonly target: number;
  readonly classes: readonly number[];
}

/** What the cursor's radius shows. */
export interface CursorState {
  /** Identifies radius and estimators as well as all that `base` does. */
  readonly key: string;
  /** The key of the sweep. */
  readonly base: string;
  readonly sigma: number;
  /** The newest that came back; may be of the radius before while the cursor moves. */
  readonly copies: NoisyCopies | null;
  /** Copies were asked for and could not be had. */
  readonly copiesFailed: boolean;
  /** Filled where the sweep has no such radius. */
  readonly estimates: Readonly<Record<string, Estimate>>;
  readonly history: Readonly<Record<string, History>>;
  /** Probabilities of all classes, by estimator; filled while they are looked at. */
  readonly classes: Readonly<Record<string, ClassReading>>;
  readonly certificate: Certificate | null;
}

/** The search for the nearest input that is not called t. */
export interface AdversaryState {
  /** Identifies model, image, class and seed. */
  readonly key: string;
  readonly fraction: number;
  /** Null while it is looked for; `found` null where there is none. */
  readonly result: { readonly found: AdversarialPoint | null } | null;
}

/** What was found for one curve. */
export interface Findings {
  readonly sweep: SweepState | null;
  readonly cursor: CursorState | null;
  readonly adversary: AdversaryState | null;
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

interface LandscapeState {
  /** Which of the two is looked at. */
  readonly surface: LandscapeSurface;
  readonly margin: MarginState | null;
}

export interface MarginState {
  /** Identifies model, image, class, seed and the largest radius. */
  readonly key: string;
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  readonly fraction: number;
  /** Null while it is computed; `found` null where no margin has a gradient. */
  readonly result: { readonly found: MarginLandscape | null } | null;
}

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

export interface AppState extends Findings {
  readonly settings: Settings;
  readonly backend: BackendReport | null;
  /** The engine could not start, or crashed; only a reload helps. */
  readonly engineFailed: boolean;
  readonly index: ModelIndex | null;
  /** The radii that the cards of the shelf recommend, by model. */
  readonly shelfRanges: Readonly<Record<string, SigmaRange>>;
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
  readonly landscape: LandscapeState;
  /** Shown instead of everything else while it is there. */
  readonly opened: OpenedSweep | null;
  /** The model that the shown one is compared with, once it is loaded. */
  readonly otherModel: ModelInfo | null;
  /** The picture that the shown one is compared with. */
  readonly pinned: CurrentImage | null;
  /** The curve beside the shown one; empty while nothing is compared. */
  readonly compared: Findings;
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

export const NOTHING_FOUND: Findings = { sweep: null, cursor: null, adversary: null };

const store = createStore<AppState>(() => ({
  settings: readSettings(window.location.search),
  backend: null,
  engineFailed: false,
  index: null,
  shelfRanges: {},
  samples: [],
  defaultSamples: [],
  ownModels: [],
  ownModelForm: null,
  model: null,
  modelPhase: null,
  image: null,
  cropDraft: null,
  testSets: [],
  sweep: null,
  cursor: null,
  adversary: null,
  landscape: { surface: 'robustness', margin: null },
  opened: null,
  otherModel: null,
  pinned: null,
  compared: NOTHING_FOUND,
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

/** Where the components within look at the state: a part of the page that nobody sees does so through a gate. */
export const StoreContext = createContext<ReadableStore<AppState>>(store);

/** Selects from the state, for a component; its `getState`, `setState` and `subscribe` are of the state itself. */
export const useStore = Object.assign(
  <T>(select: (state: AppState) => T): T => useSelected(useContext(StoreContext), select),
  store,
);

export function updateSettings(change: Partial<Settings>): void {
  useStore.setState(({ settings }) => ({ settings: { ...settings, ...change } }));
}
