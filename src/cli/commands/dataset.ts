import { stat } from 'node:fs/promises';
import { findDataset, type LabelledImages, toInputs } from '../../data';
import type { DatasetHeader, DatasetRow, Selection, Shard } from '../../dataset';
import { DEFAULT_SEED, DEFAULT_STOP, LEVEL } from '../../estimators/estimate';
import { readVersion } from '../../node/project';
import { readDatasetBelow } from '../../node/read-dataset';
import { toModelRecord } from '../../results/model-record';
import { defineCommand } from '../command';
import { assertTablePath, readTable, writeTable } from '../dataset-file';
import { assertSameRun, openJournal } from '../dataset-journal';
import { CliError, EXIT, inputError, interrupted, usageError } from '../errors';
import { findCard, JOB_OPTIONS } from '../job-options';
import { checkWritable } from '../output';
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

function assertFits(images: LabelledImages, shape: readonly number[], classes: number): void {
  if (images.shape.join() !== shape.join()) {
    throw inputError(`The model takes images of [${shape.join(', ')}], not [${images.shape.join(', ')}].`);
  }
  const most = images.labels.reduce((a, b) => Math.max(a, b), 0);
  if (most >= classes)
    throw inputError(`The data have the label ${most}; the model knows ${classes} classes.`);
}

export const dataset = defineCommand({
  name: 'dataset',
  summary: 'p_robust of many labelled images: one row an image, whole or in exact shards',
  usage: '--data DIR --sigma RADIUS --out FILE [options]',
  positionals: [],
  options: {
    model: { ...JOB_OPTIONS.model, value: 'ID', help: 'a model of the shelf' },
    data: {
      type: 'string',
      value: 'DIR',
      help: 'folder with the official files of the model’s data set; needed',
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
      fallback: 'gaussian_margin',
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
    'Until it is done, rows are kept in FILE.rows; the same command goes on from there, and does nothing where FILE is done.',
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
    if (folder === undefined) throw usageError('No data were given; name their folder with --data DIR.');
    if (values.sigma === undefined) throw usageError('No radius was given; name one with --sigma RADIUS.');
    if (out === undefined) throw usageError('No file was given for the table; name one with --out FILE.');
    const sigmas = parseSigmas(values.sigma, '--sigma');
    const [estimator, ...more] = parseEstimators(values.estimator ?? 'gaussian_margin');
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
    const card = await findCard(values.model);
    const data = findDataset(card.dataset.name);
    if (data === undefined) {
      throw inputError(`There is no reader for the data of this model, ${card.dataset.name}.`);
    }
    const images = await readDatasetBelow(data, split, folder);
    assertFits(images, card.input.shape, card.labels.length);

    const { dataHash, imageSeed, selectImages, shardOf, toRowEstimate } = await import('../../dataset');
    const selected = selectImages(images.labels, selection);
    const mine = shardOf(selected, shard);
    const progress = createProgress(io, values.progress === true);
    try {
      const { openEngine } = await import('../open-engine');
      const { runJob } = await import('../run-engine');
      progress.show('Starting the engine');
      const { engine, report } = await openEngine({ backend, threads });
      const model = await engine.loadModel(card.id, () => progress.show('Loading the model'));
      const header: DatasetHeader = {
        schema: 'probust-dataset/1',
        app: readVersion(),
        model: toModelRecord(model),
        data: { name: `${card.dataset.name} ${split}`, sha256: dataHash(images), images: images.count },
        labels: [...card.labels],
        selection,
        selected: selected.length,
        sigmas,
        estimator,
        seed,
        stop: { ...stop },
        level: LEVEL,
        backend: report.name,
        shard: { ...shard },
      };
      if ((await stat(out).catch(() => undefined))?.isFile()) {
        assertSameRun(out, (await readTable(out)).header, header);
        io.err(`${out} is done already.\n`);
        return;
      }
      const journal = await openJournal(out, header);
      const rows: DatasetRow[] = [...journal.rows];
      const known = new Set(rows.map(({ index }) => index));
      const missing = mine.filter((index) => !known.has(index));
      const start = performance.now();
      for (const [done, index] of missing.entries()) {
        const left = done === 0 ? '' : timeLeft(start, done, missing.length);
        progress.show(`Image ${known.size + done + 1} of ${mine.length}${left}`);
        const job = {
          id: done + 1,
          modelId: card.id,
          x: toInputs(images, index),
          target: null,
          sigmas,
          estimators: [estimator],
          seed: imageSeed(seed, index),
          stop,
        };
        const { prediction, estimates, failed } = await runJob(engine, job, quiet, io.signal).catch(
          (error) => {
            throw io.signal.aborted
              ? interrupted(`${out}.rows keeps what was found, and the same command goes on`)
              : error;
          },
        );
        const found = (estimates[estimator] ?? []).flatMap((each) => (each ? [toRowEstimate(each)] : []));
        if (found.length !== sigmas.length) {
          const [reason] = failed;
          throw new CliError(EXIT.model, `Image ${index}: ${reason?.message ?? 'no estimate was found.'}`);
        }
        const row: DatasetRow = {
          index,
          label: images.labels[index] as number,
          predicted: prediction.predicted,
          confidence: prediction.probabilities[prediction.predicted] as number,
          seed: job.seed,
          estimates: found,
        };
        rows.push(row);
        await journal.add(row);
      }
      await writeTable({ header, rows: rows.sort((a, b) => a.index - b.index) }, out);
      await journal.remove();
    } finally {
      progress.end();
    }
  },
});

/** Each image's own progress is not shown: that of the whole run is. */
const quiet: Progress = { show: () => {}, end: () => {} };

function timeLeft(start: number, done: number, all: number): string {
  const seconds = (((performance.now() - start) / done) * (all - done)) / 1000;
  return `, about ${Math.ceil(seconds)} s left`;
}
