import { proxy } from 'comlink';
import { modelIndexSchema } from '../../workers/models/card';
import type { LoadPhase } from '../../workers/protocol';
import { cursorSigma, sweepKey } from '../state/selectors';
import { writeSettings } from '../state/settings';
import { type ImageSource, type Sample, useStore } from '../state/store';
import { strings } from '../strings';
import { ensureBeside } from './beside';
import { ensureCursor } from './cursor';
import { fetchJson, sampleIndexSchema } from './fetch-json';
import { pauseWhileHidden } from './hidden-tab';
import { messageOf, report } from './problem';
import { ensureSweep } from './sweep';
import { engine, images, onWorkerFailure } from './workers';

/** Shown when the link names no sample: the model is certain of it, and Taylor and sampling part widely. */
const DEFAULT_SAMPLE = 'seven-crossed';

let modelRequest = 0;

/** Loads a model; the one before stays in place until it is there, and for good if it cannot be had. */
export async function selectModel(id: string): Promise<void> {
  const request = ++modelRequest;
  try {
    const onPhase = (modelPhase: LoadPhase): void => {
      if (request === modelRequest) useStore.setState({ modelPhase });
    };
    const model = await engine.loadModel(id, proxy(onPhase));
    if (request !== modelRequest) return;
    const previous = useStore.getState().model;
    const { settings, image } = useStore.getState();
    const sameLabels = previous === null || previous.card.labels.join() === model.card.labels.join();
    const sameInput = JSON.stringify(previous?.card.input) === JSON.stringify(model.card.input);
    useStore.setState({
      model,
      problem: null,
      settings: { ...settings, model: id, target: sameLabels ? settings.target : null },
    });
    if (image === null) await openFirstSample();
    else if (!sameInput) await openImage(image.file, image.source);
  } catch (error) {
    if (request === modelRequest) report(error);
  } finally {
    if (request === modelRequest) useStore.setState({ modelPhase: null });
  }
}

let imageRequest = 0;

/** Prepares a picture for the current model and makes it the one that is swept. On failure the last one stays. */
export function openImage(file: Blob, source: ImageSource): Promise<void> {
  return openLatest(async () => file, source);
}

export function selectSample(sample: Sample): Promise<void> {
  const fetchFile = async (): Promise<Blob> => {
    const response = await fetch(sample.url);
    if (!response.ok) throw new Error(`The sample could not be fetched (status ${response.status}).`);
    return response.blob();
  };
  return openLatest(fetchFile, { kind: 'sample', sample });
}

/** Of several pictures that are asked for, only the last counts, however long each takes. */
async function openLatest(getFile: () => Promise<Blob>, source: ImageSource): Promise<void> {
  const request = ++imageRequest;
  const isLatest = (): boolean => request === imageRequest;
  useStore.setState({ preparing: true });
  try {
    const file = await getFile();
    const { model } = useStore.getState();
    if (model === null) throw new Error('The model is not loaded yet; try again in a moment.');
    const result = await images.prepare(file, request, model.card.input, null);
    if (!isLatest()) return;
    if (!result.ok) throw result;
    const { prepared, sha256, width, height } = result;
    const sample = source.kind === 'sample' ? source.sample.id : '';
    const { settings, image } = useStore.getState();
    useStore.setState({
      image: { source, file, prepared, sha256, width, height },
      problem: null,
      settings: { ...settings, sample, target: image === null ? settings.target : null },
    });
  } catch (error) {
    if (isLatest()) report(error);
  } finally {
    if (isLatest()) useStore.setState({ preparing: false });
  }
}

/** The picture that the link names, or one that has something to show. */
async function openFirstSample(): Promise<void> {
  const { settings, samples } = useStore.getState();
  const wanted = settings.sample || DEFAULT_SAMPLE;
  const sample = samples.find(({ id }) => id === wanted) ?? samples.find(({ id }) => id === DEFAULT_SAMPLE);
  if (sample !== undefined) await selectSample(sample);
  if (settings.sample !== '' && sample?.id !== settings.sample) {
    report(new Error(`The link asks for a sample “${settings.sample}” that is not here; showing another.`));
  }
}

async function loadCatalogues(): Promise<void> {
  const [index, samples] = await Promise.all([
    fetchJson('models/index.json', modelIndexSchema),
    fetchJson('samples/index.json', sampleIndexSchema),
  ]);
  useStore.setState({
    index,
    samples: samples.samples.map(({ id, file, label, title }) => ({
      id,
      label,
      title,
      url: new URL(`samples/${file}`, document.baseURI).href,
    })),
  });
}

const ADDRESS_REST_MS = 300;

/** Writes the settings into the address, once they rest: browsers refuse many changes in a short time. */
function writeAddress(): void {
  const { pathname, hash } = window.location;
  try {
    window.history.replaceState(null, '', `${pathname}${writeSettings(useStore.getState().settings)}${hash}`);
  } catch {
    // The link is a convenience; the next change tries again.
  }
}

/** Follows the state from here on: link, sweep and cursor are brought in line with every change. */
function follow(): void {
  let addressTimer: ReturnType<typeof setTimeout> | undefined;
  useStore.subscribe((state, previous) => {
    const sweepChanged =
      sweepKey(state) !== sweepKey(previous) || state.settings.estimators !== previous.settings.estimators;
    if (sweepChanged) ensureSweep();
    const targetKnown = state.sweep?.prediction !== previous.sweep?.prediction;
    if (sweepChanged || targetKnown || cursorSigma(state) !== cursorSigma(previous)) ensureCursor();
    ensureBeside();
    if (state.settings !== previous.settings) {
      clearTimeout(addressTimer);
      addressTimer = setTimeout(writeAddress, ADDRESS_REST_MS);
    }
  });
}

function failForGood(problem: string): void {
  const { sweep } = useStore.getState();
  useStore.setState({ engineFailed: true, problem, sweep: sweep && { ...sweep, status: 'failed' } });
}

/** Starts engine, catalogues, model and first picture. Called once. */
export async function startSession(): Promise<void> {
  follow();
  pauseWhileHidden();
  onWorkerFailure(() => failForGood(strings.sweep.workerFailed));
  const { settings } = useStore.getState();
  try {
    const modelsUrl = new URL('models/', document.baseURI).href;
    const options = { backend: settings.backend, threads: settings.threads, modelsUrl };
    const [backend] = await Promise.all([engine.start(options), loadCatalogues()]);
    useStore.setState({ backend });
  } catch (error) {
    failForGood(messageOf(error));
    return;
  }
  const { index } = useStore.getState();
  const known = index?.models.some(({ id }) => id === settings.model) ?? false;
  await selectModel(known ? settings.model : (index?.default ?? ''));
  if (settings.model !== '' && !known) {
    report(new Error(`The link asks for a model “${settings.model}” that is not here; showing another.`));
  }
}
