import { stat } from 'node:fs/promises';
import { findDataset } from '../../data';
import type { DatasetRow, ImageFinding, ImageJob, Selection, Shard } from '../../dataset';
import { DEFAULT_SEED, DEFAULT_STOP } from '../../estimators/estimate';
import { estimatorIn } from '../../estimators/roles';
import { readGivenData } from '../../node/given-data';
import { readVersion } from '../../node/project';
import { toModelRecord } from '../../results/model-record';
import { estimatesOf } from '../../workers/collect-job';
import { defineCommand } from '../command';
import { assertTablePath, readTable, writeTable } from '../dataset-file';
import { assertSameRun, openJournal } from '../dataset-journal';
import { CliError, EXIT, inputError, interrupted, usageError } from '../errors';
import { JOB_OPTIONS, readModel } from '../job-options';
import { checkWritable } from '../output';
import { lockOutput } from '../output-lock';
import { OWN_MODEL_OPTIONS } from '../own-model-options';
import { createProgress, type Progress } from '../progress';
import {
  parseChoice,
  parseEstimators,
  parseSeed,
  parseSelection,
  parseShard,
  parseSigmas,
  parseStop,
  parseThreads,
} from '../values';

export const dataset = defineCommand({
  name: 'dataset',
  summary: 'p_robust of many labelled images: one row an image, whole or in exact shards',
  usage: '--data PATH --sigma RADIUS --out FILE [options]',
  positionals: [],
  options: {
    model: JOB_OPTIONS.model,
    ...OWN_MODEL_OPTIONS,
    data: {
      type: 'string',
      value: 'PATH',
      help: 'folder with the official files of the model’s data set, or a folder or file of what the page takes; needed',
    },
    split: { type: 'string', value: 'test|train', help: 'which part of the data set', fallback: 'test' },
    images: {
      type: 'string',
      value: 'WHICH',
      help: 'all, first:N, or class:N for N of each class, drawn by the seed',
      fallback: 'all',
    },
    sigma: {
      type: 'string',
      short: 's',
      value: 'RADII',
      help: 'radii in pixel units, with commas; needed',
    },
    estimator: {
      type: 'string',
      short: 'e',
      value: 'ID',
      help: 'one estimator',
      fallback: estimatorIn('screening').id,
    },
    seed: JOB_OPTIONS.seed,
    stop: JOB_OPTIONS.stop,
    shard: {
      type: 'string',
      value: 'K/N',
      help: 'only every N-th image, from the K-th on; K from 1',
      fallback: '1/1',
    },
    out: { type: 'string', short: 'o', value: 'FILE', help: 'the table, .parquet or .csv; needed' },
    backend: JOB_OPTIONS.backend,
    threads: JOB_OPTIONS.threads,
    progress: JOB_OPTIONS.progress,
  },
  notes: [
    'A row depends on the data, the image’s number and the settings alone, so the shards together are the single run. p is of the class predicted at the clean image; label is the data set’s.',
    'PATH may also hold an IDX pair, CIFAR-10 batches, .npy or .npz arrays of images and labels, or PNG files in folders called as their classes; zipped or gzipped, or not.',
    'Until it is done, rows are kept in FILE.rows; the same command goes on from there, and does nothing where FILE is done. One process at a time: FILE.lock names it, and one that a dead process left is taken over.',
  ],
  examples: [
    {
      what: 'a thousand digits',
      line: 'probust dataset --model mnist-cnn --data data/downloads --images first:1000 --sigma 0.3 --out rows.parquet',
    },
    {
      what: 'the third of sixteen shards',
      line: 'probust dataset --data DIR --sigma 0.3 --shard 3/16 --out part-3.parquet',
    },
  ],
  async run(values, _positionals, io) {
    const { data: folder, out } = values;
    if (folder === undefined)
      throw usageError('No data were given; name their folder or file with --data PATH.');
    if (values.sigma === undefined) throw usageError('No radius was given; name one with --sigma RADIUS.');
    if (out === undefined) throw usageError('No file was given for the table; name one with --out FILE.');
    const sigmas = parseSigmas(values.sigma, '--sigma');
    const [estimator, ...more] = parseEstimators(values.estimator ?? estimatorIn('screening').id);
    if (estimator === undefined || more.length > 0) throw usageError('--estimator takes one estimator.');
    const seed = values.seed === undefined ? DEFAULT_SEED : parseSeed(values.seed);
    const stop = values.stop === undefined ? DEFAULT_STOP : parseStop(values.stop);
    const selection: Selection = parseSelection(values.images ?? 'all', seed);
    const shard: Shard = parseShard(values.shard ?? '1/1');
    const split = parseChoice('--split', values.split ?? 'test', ['test', 'train']);
    const backend = parseChoice('--backend', values.backend ?? 'wasm', ['wasm', 'cpu']);
    const threads = values.threads === undefined ? null : parseThreads(values.threads);
    assertTablePath(out);
    await checkWritable(out);
    const lock = await lockOutput(out, { signal: io.signal, onWait: (sentence) => io.err(`${sentence}\n`) });
    const progress = createProgress(io, values.progress === true);
    try {
      const { card, opened } = await readModel(values, { backend, threads }, io.err);
      const known = findDataset(card.dataset.name);
      const { name, images, notes } = await readGivenData(folder, {
        purpose: card,
        dataset: known,
        split,
      });
      for (const note of notes) io.err(`${note}\n`);
      const { assertRowsOf, dataHash, datasetRows, missingImages, runHeader, whyNotFor } = await import(
        '../../dataset'
      );
      const { doubtSentence, labelDoubt, triedLabels } = await import('../../dataset');
      const unfit = whyNotFor(images, card.input.shape, card.labels.length);
      if (unfit !== null) throw inputError(unfit);
      const { openEngine } = await import('../open-engine');
      const { runJob } = await import('../run-engine');
      progress.show('Starting the engine');
      const { engine, report } = opened ?? (await openEngine({ backend, threads }));
      const model =
        opened?.model ?? (await engine.loadModel(card.id, () => progress.show('Loading the model')));
      const subject = {
        app: readVersion(),
        model: toModelRecord(model),
        labels: card.labels,
        backend: report.name,
        data: { name, sha256: dataHash(images) },
        images,
      };
      const header = runHeader(subject, { selection, sigmas, estimator, seed, stop }, shard);
      if ((await stat(out).catch(() => undefined))?.isFile()) {
        const done = await readTable(out);
        assertSameRun(out, done.header, header);
        assertRowsOf(header, images, done.rows, out);
        if (missingImages(header, images, indicesOf(done.rows)).length > 0) {
          throw inputError(
            `${out} holds ${done.rows.length} rows and is not whole; delete it to begin anew.`,
          );
        }
        io.err(`${out} is done already.\n`);
        return;
      }
      const journal = await openJournal(out, header, (found, path) =>
        assertRowsOf(header, images, found, path),
      );
      const consequence = `${out}.rows keeps what was found, and the same command goes on`;
      io.ifInterrupted(consequence);
      const rows: DatasetRow[] = [...journal.rows];
      const before = rows.length;
      const missing = missingImages(header, images, indicesOf(rows));
      const forward = (inputs: Float32Array): Promise<Float32Array> =>
        engine.evaluate({ modelId: card.id, pass: 'forward', inputs });
      const doubt = await triedLabels(images, missing, card.labels.length, forward);
      progress.end();
      if (doubt !== null) io.err(`${doubtSentence(doubt)}\n`);
      const start = performance.now();
      const compute = async (job: ImageJob, index: number): Promise<ImageFinding> => {
        const done = rows.length - before;
        const left = done === 0 ? '' : timeLeft(start, done, missing.length);
        progress.show(`Image ${rows.length + 1} of ${before + missing.length}${left}`);
        const request = { ...job, id: done + 1, modelId: card.id, target: null, estimators: [estimator] };
        const result = await runJob(engine, request, quiet, io.signal).catch((error) => {
          throw io.signal.aborted ? interrupted(consequence) : error;
        });
        try {
          return { ...result.prediction, estimates: estimatesOf(result, estimator) };
        } catch (error) {
          throw new CliError(EXIT.model, `Image ${index}: ${(error as Error).message}`);
        }
      };
      for await (const row of datasetRows(header, images, missing, compute)) {
        await lock.assertHeld();
        await journal.add(row);
        rows.push(row);
      }
      await lock.assertHeld();
      await writeTable({ header, rows: rows.sort((a, b) => a.index - b.index) }, out);
      await journal.remove();
      const found = labelDoubt(
        rows.map(({ label }) => label),
        rows.map(({ predicted }) => predicted),
        card.labels.length,
      );
      progress.end();
      if (found !== null) io.err(`${doubtSentence(found)}\n`);
    } finally {
      progress.end();
      await lock.release();
    }
  },
});

const indicesOf = (rows: readonly DatasetRow[]): number[] => rows.map(({ index }) => index);

/** Each image's own progress is not shown: that of the whole run is. */
const quiet: Progress = { show: () => {}, end: () => {} };

function timeLeft(start: number, done: number, all: number): string {
  const seconds = (((performance.now() - start) / done) * (all - done)) / 1000;
  return `, about ${Math.ceil(seconds)} s left`;
}
