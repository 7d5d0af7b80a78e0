import { proxy } from 'comlink';
import { modelIndexSchema } from '../../workers/models/card';
import type { EngineErrorInfo, LoadPhase } from '../../workers/protocol';
import { cursorSigma, sweepKey } from '../state/selectors';
import { writeSettings } from '../state/settings';
import { type ImageSource, type Sample, useStore } from '../state/store';
import { fetchJson, sampleIndexSchema } from './fetch-json';
import { ensureCursor, ensureSweep } from './jobs';
import { engine, images } from './workers';

/** Shown when the link names no sample: the model is certain of it, and Taylor and sampling part widely. */
const DEFAULT_SAMPLE = 'seven-crossed';

function messageOf(error: unknown): string {
  const message = (error as Partial<EngineErrorInfo> | null)?.message;
  return typeof message === 'string' ? message : String(error);
}

const fail = (error: unknown): void => useStore.setState({ problem: messageOf(error) });

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
    const sameInput = previous?.card.input.preparation === model.card.input.preparation;
    useStore.setState({
      model,
      problem: null,
      settings: { ...settings, model: id, target: sameLabels ? settings.target : null },
    });
    if (image !== null && !sameInput) await openImage(image.file, image.source);
  } catch (error) {
    if (request === modelRequest) fail(error);
  } finally {
    if (request === modelRequest) useStore.setState({ modelPhase: null });
  }
}

let imageRequest = 0;

/** Prepares a picture for the current model and makes it the one that is swept. On failure the last one stays. */
export async function openImage(file: Blob, source: ImageSource): Promise<void> {
  const { model } = useStore.getState();
  if (model === null) {
    fail(new Error('The model is still loading; try again in a moment.'));
    return;
  }
  const request = ++imageRequest;
  useStore.setState({ preparing: true });
  try {
    const result = await images.prepare(file, model.card.input);
    if (request !== imageRequest) return;
    if (!result.ok) {
      fail(result);
      return;
    }
    const { prepared, sha256, width, height } = result;
    const sample = source.kind === 'sample' ? source.sample.id : '';
    const { settings, image } = useStore.getState();
    useStore.setState({
      image: { source, file, prepared, sha256, width, height },
      problem: null,
      settings: { ...settings, sample, target: image === null ? settings.target : null },
    });
  } catch (error) {
    if (request === imageRequest) fail(error);
  } finally {
    if (request === imageRequest) useStore.setState({ preparing: false });
  }
}

export async function selectSample(sample: Sample): Promise<void> {
  try {
    const response = await fetch(sample.url);
    if (!response.ok) throw new Error(`The sample could not be fetched (status ${response.status}).`);
    await openImage(await response.blob(), { kind: 'sample', sample });
  } catch (error) {
    fail(error);
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

/** Follows the state from here on: link, sweep and cursor are brought in line with every change. */
function follow(): void {
  useStore.subscribe((state, previous) => {
    if (state.settings !== previous.settings) {
      const address = `${window.location.pathname}${writeSettings(state.settings)}${window.location.hash}`;
      window.history.replaceState(null, '', address);
    }
    const sweepChanged =
      sweepKey(state) !== sweepKey(previous) || state.settings.estimators !== previous.settings.estimators;
    if (sweepChanged) ensureSweep();
    if (sweepChanged || cursorSigma(state) !== cursorSigma(previous)) ensureCursor();
  });
}

/** Starts engine, catalogues, model and first picture. Called once. */
export async function startSession(): Promise<void> {
  follow();
  const { settings } = useStore.getState();
  try {
    const modelsUrl = new URL('models/', document.baseURI).href;
    const [backend] = await Promise.all([
      engine.start({ backend: settings.backend, threads: settings.threads, modelsUrl }),
      loadCatalogues(),
    ]);
    useStore.setState({ backend });
  } catch (error) {
    fail(error);
    return;
  }
  const { index, samples } = useStore.getState();
  const known = index?.models.some(({ id }) => id === settings.model) ?? false;
  await selectModel(known ? settings.model : (index?.default ?? ''));
  const wanted = settings.sample || DEFAULT_SAMPLE;
  const sample = samples.find(({ id }) => id === wanted) ?? samples[0];
  if (sample !== undefined) await selectSample(sample);
  if (settings.model !== '' && !known) {
    fail(new Error(`The link asks for a model “${settings.model}” that is not here; showing another.`));
  }
}
