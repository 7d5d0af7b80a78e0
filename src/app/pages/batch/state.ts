import { create } from 'zustand';
import type { PackedSet } from '../../../data';
import type { DatasetHeader, DatasetRow } from '../../../dataset';
import { DEFAULT_SEED } from '../../../estimators/estimate';
import { estimatorIn } from '../../../estimators/roles';
import type { LoadedData } from '../../../workers/dataset-protocol';
import type { ModelInfo } from '../../../workers/protocol/models';

/** Where images come from: an unpacked set is fetched again after a reload, files are kept. */
type DataOrigin = { readonly kind: 'packed'; readonly set: PackedSet } | { readonly kind: 'files' };

export interface CurrentData extends LoadedData {
  readonly origin: DataOrigin;
}

/** What a person chooses of a run, as the form has it. */
export interface RunForm {
  readonly model: string;
  /** Empty: none. */
  readonly beside: string;
  readonly estimator: string;
  readonly which: 'all' | 'first' | 'per_class';
  readonly count: number;
  /** As typed. */
  readonly sigmas: string;
  readonly seed: number;
}

/** The rows of one model. */
export interface ModelRun {
  readonly header: DatasetHeader;
  /** As the page calls it. */
  readonly name: string;
  /** By ascending index. */
  readonly rows: readonly DatasetRow[];
}

type RunStatus = 'none' | 'starting' | 'running' | 'paused' | 'done';

export interface DatasetState {
  /** What the form names, loaded. */
  readonly model: ModelInfo | null;
  readonly beside: ModelInfo | null;
  readonly data: CurrentData | null;
  /** Why the labels are doubted after a look at a few images, in a sentence; null: nothing speaks against them. */
  readonly doubt: string | null;
  /** While files are read: images so far, of how many; `of` 0 where that is not known. */
  readonly reading: { readonly images: number; readonly of: number } | null;
  readonly form: RunForm;
  /** Of the model, and of the one beside it. */
  readonly runs: readonly ModelRun[];
  readonly status: RunStatus;
  readonly secondsLeft: number | null;
  /** Which of the run's radii is shown. */
  readonly sigmaIndex: number;
  /** Class whose images are shown; null: all. */
  readonly shownClass: number | null;
  /** A sentence on what became of the kept run; null: nothing to say. */
  readonly word: string | null;
}

const FIRST_FORM: RunForm = {
  model: '',
  beside: '',
  estimator: estimatorIn('screening').id,
  which: 'all',
  count: 1000,
  sigmas: '',
  seed: DEFAULT_SEED,
};

const FIRST: DatasetState = {
  model: null,
  beside: null,
  data: null,
  doubt: null,
  reading: null,
  form: FIRST_FORM,
  runs: [],
  status: 'none',
  secondsLeft: null,
  sigmaIndex: 0,
  shownClass: null,
  word: null,
};

/** All that the data set view shows. It outlives the view, so that one can go and look at an image. */
export const useDataset = create<DatasetState>(() => FIRST);

export const isBusy = ({ status }: Pick<DatasetState, 'status'>): boolean =>
  status === 'running' || status === 'starting';

export function updateForm(change: Partial<RunForm>): void {
  useDataset.setState(({ form }) => ({ form: { ...form, ...change } }));
}

/** Chooses the class that charts and gallery are about; null for all. */
export function showClass(shownClass: number | null): void {
  useDataset.setState({ shownClass });
}

/** Chooses the radius that is looked at, by its index. */
export function showRadius(sigmaIndex: number): void {
  useDataset.setState({ sigmaIndex });
}
