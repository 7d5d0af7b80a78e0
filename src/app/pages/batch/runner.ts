import {
  type DatasetRow,
  dataHash,
  datasetRows,
  differingSetting,
  type ImageFinding,
  type ImageJob,
  missingImages,
  rowsOf,
  runHeader,
} from '../../../dataset';
import { toModelRecord } from '../../../results/model-record';
import { estimatesOf, JobCollector } from '../../../workers/collect-job';
import type { ModelInfo } from '../../../workers/protocol/models';
import type { SweepEvent } from '../../../workers/protocol/sweep';
import { tasks } from '../../engine/client';
import type { EngineTask } from '../../engine/event-queue';
import { Coalesced } from '../../queries/coalesce';
import { messageOf, report } from '../../session/problem';
import { startSession } from '../../session/session';
import { stopRule } from '../../state/settings';
import { useStore } from '../../state/store';
import { readSigmas, selectionOf } from './form';
import type { Head } from './kept-schema';
import { watchLabels } from './label-doubt';
import { chooseBeside, chooseModel, loadPacked } from './load-data';
import { type KeptRun, keptSlots, RunStorage, readKeptRun } from './run-storage';
import { takeSlot } from './slots';
import { type CurrentData, isBusy, type ModelRun, useDataset } from './state';
import { datasetStrings } from './strings';

const messages = datasetStrings.status;

const keeper = new RunStorage((isTaken) =>
  useDataset.setState({ word: isTaken ? messages.taken : messages.notKept }),
);

interface Run {
  /** The image that is computed. */
  task: EngineTask<SweepEvent> | null;
}

/** What runs now; null while nothing does. Another object: another run, and the one before ends at its next image. */
let current: Run | null = null;

/** A job of one image, to its end; null if it was cancelled. */
async function compute({ card }: ModelInfo, job: ImageJob, run: Run): Promise<ImageFinding | null> {
  const request = { ...job, modelId: card.id, target: null, estimators: [job.estimator] };
  run.task = tasks.sweep(request);
  const collector = new JobCollector(request);
  for await (const event of run.task) collector.add(event);
  const result = collector.result();
  return result && { ...result.prediction, estimates: estimatesOf(result, job.estimator) };
}

class Stopped extends Error {}

const headOf = (data: CurrentData, isRunning: boolean): Head => {
  const { form, runs } = useDataset.getState();
  const { name, sha256, isPrepared, notes, origin } = data;
  return {
    form,
    data: { name, sha256, isPrepared, notes: [...notes], origin },
    isRunning,
    runs: runs.map((run) => ({ header: run.header, name: run.name })),
  };
};

function keepHead(isRunning: boolean): void {
  const { data } = useDataset.getState();
  if (data !== null) keeper.update(headOf(data, isRunning));
}

/** What the form asks for, begun: a header a model, no rows. Throws a sentence. */
function begun(data: CurrentData, models: readonly ModelInfo[]): ModelRun[] {
  const { form } = useDataset.getState();
  const { backend, settings } = useStore.getState();
  const sigmas = readSigmas(form.sigmas);
  if (sigmas === null) throw new Error(datasetStrings.run.sigmasError);
  if (backend === null) throw new Error(messages.starting);
  return models.map((model) => {
    const subject = {
      app: __APP_VERSION__,
      model: toModelRecord(model),
      labels: model.card.labels,
      backend: backend.name,
      data: { name: data.name, sha256: data.sha256 },
      images: data.images,
    };
    const { estimator, seed } = form;
    const chosen = { selection: selectionOf(form), sigmas, estimator, seed, stop: stopRule(settings) };
    return {
      header: runHeader(subject, chosen, { number: 1, of: 1 }),
      name: model.card.name,
      rows: [],
    };
  });
}

/** Begins the run that the form asks for; what was there is replaced. */
export async function startRun(): Promise<void> {
  const { data, model, beside } = useDataset.getState();
  if (data === null || model === null) return;
  try {
    const models = beside === null ? [model] : [model, beside];
    const runs = begun(data, models);
    useDataset.setState({ runs, status: 'starting', sigmaIndex: 0, shownClass: null, word: null });
    keeper.begin(headOf(data, true), data.origin.kind === 'files' ? data.images : null);
    await goOn();
  } catch (error) {
    report(error);
  }
}

/** Runs what is missing, model after model; ends when all is there, at a pause, or with a sentence. */
export async function goOn(): Promise<void> {
  const { data, model, beside } = useDataset.getState();
  if (data === null || current !== null) return;
  const run: Run = { task: null };
  current = run;
  useDataset.setState({ status: 'running', secondsLeft: null });
  useStore.setState({ problem: null });
  keepHead(true);
  const begin = performance.now();
  const todo = useDataset.getState().runs.map(({ header, rows }) =>
    missingImages(
      header,
      data.images,
      rows.map(({ index }) => index),
    ),
  );
  const all = todo.reduce((sum, { length }) => sum + length, 0);
  let found = 0;
  let arrived: { readonly at: number; readonly row: DatasetRow }[] = [];
  const publication = new Coalesced(() => {
    const items = arrived;
    arrived = [];
    const { runs } = useDataset.getState();
    const grown = runs.map((each, at) => {
      const rows = items.filter((item) => item.at === at).map(({ row }) => row);
      return rows.length === 0 ? each : { ...each, rows: [...each.rows, ...rows] };
    });
    const perImage = (performance.now() - begin) / found;
    useDataset.setState({ runs: grown, secondsLeft: (perImage * (all - found)) / 1000 });
    keeper.add(grown.map(({ rows }) => rows));
  });
  let image = -1;
  try {
    for (const [at, { header }] of useDataset.getState().runs.entries()) {
      const info = [model, beside].find((each) => each?.card.id === header.model.id);
      if (!info) throw new Error(messages.changed);
      const rows = datasetRows(header, data.images, todo[at] ?? [], async (job, index) => {
        image = index;
        const finding = current === run ? await compute(info, job, run) : null;
        if (finding === null) throw new Stopped();
        return finding;
      });
      for await (const row of rows) {
        found++;
        arrived.push({ at, row });
        publication.call();
      }
    }
    publication.flush();
    useDataset.setState({ status: 'done' });
  } catch (error) {
    publication.flush();
    useDataset.setState(({ runs }) => ({ status: runs.length === 0 ? 'none' : 'paused' }));
    if (!(error instanceof Stopped)) report(new Error(messages.failed(image, messageOf(error))));
  } finally {
    current = null;
    useDataset.setState({ secondsLeft: null });
    keeper.flush();
    if (useDataset.getState().runs.length > 0) keepHead(false);
  }
}

/** Stops after what is computed now; what was found stays. */
export function pauseRun(): void {
  if (current === null) return;
  const { task } = current;
  current = { task: null };
  task?.cancel();
}

/** Stops, and lets go of what was found. */
export function cancelRun(): void {
  pauseRun();
  useDataset.setState({ runs: [], status: 'none', secondsLeft: null, word: null });
  keeper.forget();
}

let restored: Promise<void> | undefined;

/** Once: starts the engine, loads the form's model, and takes up the run that this browser keeps. */
export function restoreOnce(): Promise<void> {
  watchLabels();
  restored ??= restore().catch(report);
  return restored;
}

/** What this tab's place in the store holds, with a word on what is not as it should be. */
async function findKept(): Promise<{ readonly run: KeptRun | null; readonly word: string | null }> {
  try {
    const taken = await takeSlot(await keptSlots());
    keeper.use(taken?.slot ?? null);
    if (taken === null) return { run: null, word: messages.notKept };
    const found = await readKeptRun(taken.slot);
    if (found === 'damaged') return { run: null, word: messages.damaged };
    return { run: found, word: found === null && taken.isBesideAnother ? messages.otherTab : null };
  } catch {
    return { run: null, word: messages.notKept };
  }
}

async function restore(): Promise<void> {
  await startSession();
  const { run, word } = await findKept();
  useDataset.setState({ word });
  if (run !== null) {
    try {
      await takeUp(run);
      return;
    } catch {
      useDataset.setState({ runs: [], status: 'none', word: messages.damaged });
    }
  }
  const { model, settings, index } = useStore.getState();
  await chooseModel(model?.card.id || settings.model || index?.default || '');
}

/** The kept run as it was; goes on if it was going on. */
async function takeUp(known: KeptRun): Promise<void> {
  await chooseModel(known.form.model);
  if (known.form.beside !== '') await chooseBeside(known.form.beside);
  useDataset.setState({ form: known.form });
  const { origin } = known.data;
  if (known.images !== null && dataHash(known.images) === known.data.sha256)
    useDataset.setState({ data: { ...known.data, images: known.images } });
  else if (origin.kind === 'packed') await loadPacked(origin.set);
  const { data, model, beside } = useDataset.getState();
  if (data === null || model === null) {
    useDataset.setState({ word: messages.dataGone });
    return;
  }
  useDataset.setState({ form: known.form });
  const models = beside === null ? [model] : [model, beside];
  const fresh = begun(data, models);
  const isSame =
    fresh.length === known.runs.length &&
    fresh.every(
      ({ header }, i) => differingSetting(header, (known.runs[i] as ModelRun).header) === undefined,
    );
  if (!isSame) {
    useDataset.setState({ word: messages.changed });
    return;
  }
  const runs = known.runs.map((each) => ({
    ...each,
    rows: rowsOf(each.header, data.images, each.rows),
  }));
  const rows = runs.map((each) => each.rows);
  const lost =
    known.lost + known.runs.reduce((sum, each, i) => sum + each.rows.length - (rows[i] as []).length, 0);
  const isDone = runs.every(({ header, rows: found }) => found.length === header.selected);
  useDataset.setState({
    runs,
    status: isDone ? 'done' : 'paused',
    word: lost === 0 ? messages.restored : messages.rowsLost(lost),
    sigmaIndex: 0,
  });
  keeper.resume(headOf(data, known.isRunning), rows);
  if (!isDone && known.isRunning && !isBusy(useDataset.getState())) await goOn();
}
