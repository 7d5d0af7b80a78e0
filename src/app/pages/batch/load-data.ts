import type { PackedSet } from '../../../data';
import type { DataSource } from '../../../workers/dataset-protocol';
import type { ModelInfo } from '../../../workers/protocol/models';
import { engine } from '../../engine/client';
import { fetchFile } from '../../session/fetch-json';
import { fail, messageOf, report } from '../../session/problem';
import { useStore } from '../../state/store';
import { droppedFiles } from '../../ui/dropped-files';
import { formatCount } from '../../ui/format';
import { readData } from './read-data';
import { isBusy, type RunForm, updateForm, useDataset } from './state';
import { datasetStrings } from './strings';

type Files = readonly { readonly path: string; readonly data: Blob }[];

const GENTLE_DIGITS = 2;

/** In the middle of the recommended radii. */
const firstSigma = ({ card: { sigma } }: ModelInfo): number =>
  Number(Math.sqrt(sigma.min * sigma.max).toPrecision(GENTLE_DIGITS));

const takesAlike = (one: ModelInfo, other: ModelInfo): boolean =>
  JSON.stringify([one.card.input.shape, one.card.labels]) ===
  JSON.stringify([other.card.input.shape, other.card.labels]);

let lastModel = 0;

/** Loads a model for the form. Data that do not fit it are let go, and so are radii that were only suggested. */
export async function chooseModel(id: string): Promise<void> {
  const request = ++lastModel;
  try {
    const model = await engine.loadModel(id);
    if (request !== lastModel) return;
    useStore.setState({ failed: null });
    const { model: before, data, form, beside } = useDataset.getState();
    const suggested = before === null || form.sigmas === String(firstSigma(before));
    const isLike = before === null || takesAlike(before, model);
    const keepsBeside = beside !== null && takesAlike(model, beside) && form.beside !== id;
    if (!isLike) cancelReading();
    useDataset.setState({
      model,
      data: isLike ? data : null,
      beside: keepsBeside ? beside : null,
      form: {
        ...form,
        model: id,
        beside: keepsBeside ? form.beside : '',
        sigmas: suggested || !isLike || form.sigmas === '' ? String(firstSigma(model)) : form.sigmas,
      },
    });
  } catch (error) {
    if (request === lastModel) fail(error, () => void chooseModel(id));
  }
}

/** Loads the model to stand beside, or none for an empty id. */
export async function chooseBeside(id: string): Promise<void> {
  if (id === '') {
    useDataset.setState({ beside: null });
    updateForm({ beside: '' });
    return;
  }
  try {
    const beside = await engine.loadModel(id);
    const { model } = useDataset.getState();
    if (model !== null && !takesAlike(model, beside)) throw new Error(datasetStrings.run.unlike);
    useDataset.setState({ beside });
    updateForm({ beside: id });
  } catch (error) {
    report(error);
  }
}

let reading: AbortController | null = null;

/** Ends what is being read; what was there before stays. */
export function cancelReading(): void {
  reading?.abort();
  reading = null;
  useDataset.setState({ reading: null });
}

/** Waits for the form's model, whose input images are made ready for. @returns null once `signal` is aborted */
function loadedModel(signal: AbortSignal): Promise<ModelInfo | null> {
  return new Promise((resolve) => {
    const settle = (): void => {
      const { model } = useDataset.getState();
      if (model === null && !signal.aborted) return;
      unsubscribe();
      signal.removeEventListener('abort', settle);
      resolve(signal.aborted ? null : model);
    };
    const unsubscribe = useDataset.subscribe(settle);
    signal.addEventListener('abort', settle);
    settle();
  });
}

/**
 * Reads images in the place of those that are there. Of several that are asked for, only the last counts.
 * @param find gives what to read, null for nothing; stops once the signal is aborted
 */
async function load(
  find: (signal: AbortSignal) => DataSource | Promise<DataSource | null>,
  name?: string,
): Promise<void> {
  if (isBusy(useDataset.getState())) {
    report(new Error(datasetStrings.status.busy));
    return;
  }
  cancelReading();
  const controller = new AbortController();
  const { signal } = controller;
  reading = controller;
  const onProgress = (images: number, of: number): void => {
    if (!signal.aborted) useDataset.setState({ reading: { images, of } });
  };
  onProgress(0, 0);
  try {
    const source = await find(signal);
    if (source === null) return;
    const model = await loadedModel(signal);
    if (model === null) return;
    const { input, labels } = model.card;
    const purpose = { input: { shape: input.shape, preparation: input.preparation }, labels };
    const result = await readData(source, purpose, onProgress, signal);
    if (result === null || signal.aborted) return;
    if (!result.ok) throw new Error(result.message);
    const { data } = result;
    const origin = source.kind === 'packed' ? { kind: source.kind, set: source.set } : { kind: source.kind };
    useStore.setState({ problem: null });
    useDataset.setState(({ form }) => ({
      data: { ...data, name: name ?? data.name, origin },
      form: { ...form, ...fittingCount(form, data.images.count) },
    }));
  } catch (error) {
    if (!signal.aborted) report(new Error(messageOf(error)));
  } finally {
    if (!signal.aborted) cancelReading();
  }
}

/** All of a small set; of a large one so many that the first look takes no hour. */
function fittingCount({ count }: RunForm, images: number): Pick<RunForm, 'which' | 'count'> {
  return images > count ? { which: 'first', count } : { which: 'all', count: Math.min(count, images) };
}

/** More files than these are refused: not all of them would be looked at. */
const MOST_FILES = 100_000;

function sourceOf(files: Files): DataSource {
  if (files.length <= MOST_FILES) return { kind: 'files', files };
  throw new Error(datasetStrings.data.tooMany(formatCount(MOST_FILES)));
}

export const loadFiles = (files: Files): Promise<void> => load(() => sourceOf(files));

/** What was dropped, folders opened. To be called while the event is handled. */
export function loadDropped(transfer: DataTransfer): Promise<void> {
  const stopped = { now: false };
  const files = droppedFiles(transfer, MOST_FILES, stopped);
  // Where nothing waits for them, nothing needs to be said of them either.
  files.catch(() => {});
  return load(async (signal) => {
    signal.addEventListener('abort', () => {
      stopped.now = true;
    });
    const found = await files;
    return found.length === 0 ? null : sourceOf(found);
  });
}

export const loadPacked = (set: PackedSet): Promise<void> =>
  load(() => ({ kind: 'packed', set, baseUrl: new URL('data/', document.baseURI).href }));

/** The drawn samples that a model's data set has here, each in a folder called as what it is meant to be. */
export function loadSamples(dataset: string): Promise<void> {
  const samples = useStore.getState().samples.filter((sample) => sample.dataset === dataset);
  return load(async (signal) => {
    const files = await Promise.all(
      samples.map(async ({ id, label, url }) => ({
        path: `${label}/${id}.png`,
        data: await (await fetchFile(url, url, signal)).blob(),
      })),
    );
    return { kind: 'files', files };
  }, datasetStrings.data.samplesName(dataset));
}
