import { proxy } from 'comlink';
import { NO_DATA, PACKED_INDEX, packedIndexSchema } from '../../data';
import type { BackendChange } from '../../workers/backend-info';
import { type ModelIndex, modelIndexSchema } from '../../workers/models/card';
import { engine, followWorkers } from '../engine/client';
import { onQueryError } from '../queries/query';
import { type AppState, useStore } from '../state/store';
import { strings } from '../strings';
import { followComparison } from './compare';
import { cardRangeSchema, fetchJson, sampleIndexSchema } from './fetch-json';
import { pauseWhileHidden } from './hidden-tab';
import { openFirstModel } from './model';
import { listOwnModels } from './own-models';
import { fail, messageOf, report } from './problem';

/** The radii that the cards recommend. A card that is missing is complained of when its model is asked for. */
async function loadRanges({ models }: ModelIndex): Promise<AppState['bundledRanges']> {
  const ranges = await Promise.all(
    models.map(async ({ id }) => {
      const card = await fetchJson(`models/${id}/card.json`, cardRangeSchema).catch(() => null);
      return card === null ? [] : [[id, card.sigma] as const];
    }),
  );
  return Object.fromEntries(ranges.flat());
}

async function loadCatalogues(): Promise<void> {
  const [index, samples, data] = await Promise.all([
    fetchJson('models/index.json', modelIndexSchema),
    fetchJson('samples/index.json', sampleIndexSchema),
    // The built page has an empty one; a host that left it out has no data sets either.
    fetchJson(`data/${PACKED_INDEX}`, packedIndexSchema).catch(() => NO_DATA),
  ]);
  useStore.setState({
    index,
    bundledRanges: await loadRanges(index),
    testSets: data.sets,
    defaultSamples: samples.defaults,
    samples: samples.samples.map(({ id, dataset, file, label, title }) => ({
      id,
      dataset,
      label,
      title,
      url: new URL(`samples/${file}`, document.baseURI).href,
    })),
  });
}

function failForGood(problem: string): void {
  const retry = (): void => window.location.reload();
  useStore.setState({ engineFailed: true, failed: { message: problem, retry } });
}

/** Another backend than at the start runs from here on. */
function followBackend({ report: backend, message }: BackendChange): void {
  useStore.setState({ backend, problem: message });
}

let started: Promise<void> | undefined;

/** Starts engine, catalogues, model and first picture, once. */
export function startSession(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  onQueryError(report);
  followComparison();
  pauseWhileHidden();
  followWorkers(
    (part) => report(new Error(strings.workers.restarted[part])),
    () => failForGood(strings.sweep.workerFailed),
  );
  const { settings } = useStore.getState();
  const catalogues = loadCatalogues();
  // Waited for below; the engine may fail first.
  catalogues.catch(() => {});
  try {
    const modelsUrl = new URL('models/', document.baseURI).href;
    const options = { backend: settings.backend, threads: settings.threads, modelsUrl };
    const [backend] = await Promise.all([
      engine.start(options, proxy(followBackend)),
      // A browser that keeps nothing has none.
      listOwnModels().catch(report),
    ]);
    useStore.setState({ backend });
  } catch (error) {
    failForGood(messageOf(error));
    return;
  }
  await openBundledModels(catalogues);
}

/** Opens the first model once there is a list of them. Where that cannot be had, a press tries again, and is waited for. */
async function openBundledModels(catalogues: Promise<void>): Promise<void> {
  try {
    await catalogues;
  } catch (error) {
    return new Promise((resolve) => fail(error, () => resolve(openBundledModels(loadCatalogues()))));
  }
  await openFirstModel();
}
