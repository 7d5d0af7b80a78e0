import { proxy } from 'comlink';
import type { PackedSet } from '../../data';
import type { ModelInfo } from '../../workers/protocol';
import { formatCount } from '../common/format';
import { messageOf, report } from '../session/problem';
import { engine } from '../session/workers';
import { useStore } from '../state/store';
import { strings } from '../strings';
import { isBusy, type RunForm, updateForm, useDataset } from './state';
import { datasetStrings } from './strings';
import { datasetWorker } from './worker';

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
    const { model: before, data, form, beside } = useDataset.getState();
    const suggested = before === null || form.sigmas === String(firstSigma(before));
    const isLike = before === null || takesAlike(before, model);
    const keepsBeside = beside !== null && takesAlike(model, beside) && form.beside !== id;
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
    if (request === lastModel) report(error);
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

async function load(source: Parameters<typeof datasetWorker.load>[0], name?: string): Promise<void> {
  const { model } = useDataset.getState();
  if (model === null || isBusy(useDataset.getState())) {
    report(new Error(model === null ? strings.model.notLoaded : datasetStrings.status.busy));
    return;
  }
  useDataset.setState({ reading: { images: 0, of: 0 } });
  try {
    const { input, labels } = model.card;
    const purpose = { input: { shape: input.shape, preparation: input.preparation }, labels };
    const onProgress = (images: number, of: number): void => useDataset.setState({ reading: { images, of } });
    const result = await datasetWorker.load(source, purpose, proxy(onProgress));
    if (!result.ok) throw new Error(result.message);
    const { data } = result;
    const origin = source.kind === 'packed' ? { kind: source.kind, set: source.set } : { kind: source.kind };
    useStore.setState({ problem: null });
    useDataset.setState(({ form }) => ({
      data: { ...data, name: name ?? data.name, origin },
      form: { ...form, ...fittingCount(form, data.images.count) },
    }));
  } catch (error) {
    report(new Error(messageOf(error)));
  } finally {
    useDataset.setState({ reading: null });
  }
}

/** All of a small set; of a large one so many that the first look takes no hour. */
function fittingCount({ count }: RunForm, images: number): Pick<RunForm, 'which' | 'count'> {
  return images > count ? { which: 'first', count } : { which: 'all', count: Math.min(count, images) };
}

/** More files than these are refused: not all of them would be looked at. */
export const MOST_FILES = 100_000;

export async function loadFiles(files: Files, name?: string): Promise<void> {
  if (files.length > MOST_FILES) report(new Error(datasetStrings.data.tooMany(formatCount(MOST_FILES))));
  else await load({ kind: 'files', files }, name);
}

export const loadPacked = (set: PackedSet): Promise<void> =>
  load({ kind: 'packed', set, baseUrl: new URL('data/', document.baseURI).href });

/** The drawn samples that a model's data set has here, each in a folder called as what it is meant to be. */
export async function loadSamples(dataset: string): Promise<void> {
  try {
    const samples = useStore.getState().samples.filter((sample) => sample.dataset === dataset);
    const files = await Promise.all(
      samples.map(async ({ id, label, url }) => ({
        path: `${label}/${id}.png`,
        data: await (await fetch(url)).blob(),
      })),
    );
    await loadFiles(files, datasetStrings.data.samplesName(dataset));
  } catch (error) {
    report(error);
  }
}
