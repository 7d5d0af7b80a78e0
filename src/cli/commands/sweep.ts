import { DEFAULT_ESTIMATORS } from '../../estimators/catalogue';
import { DEFAULT_RADII, logSpaced } from '../../estimators/radii';
import { estimatorIn, REFERENCE } from '../../estimators/roles';
import { recommendedRange } from '../../node/bundled-models';
import { readVersion } from '../../node/project';
import { buildSweepResult } from '../../results/build-sweep';
import { toCsv, toJson } from '../../results/sweep-result';
import type { ModelFacts } from '../../workers/models/card';
import { defineCommand } from '../command';
import { CliError, EXIT } from '../errors';
import { JOB_OPTIONS, readJobSettings } from '../job-options';
import { writeResult } from '../output';
import { createProgress } from '../progress';
import { tieNotes } from '../tie-notes';
import { parseEstimators, parseSigmas, parseTarget } from '../values';

async function defaultRadii(card: ModelFacts): Promise<number[]> {
  const { min, max } = await recommendedRange(card);
  return logSpaced(min, max, DEFAULT_RADII);
}

const EXAMPLE = [REFERENCE, estimatorIn('first-order'), estimatorIn('averaged')];

export const sweep = defineCommand({
  name: 'sweep',
  summary:
    'the probability that a prediction survives noise, over radii and by estimator, as the page exports it',
  usage: '--image FILE [options]',
  positionals: [],
  options: {
    ...JOB_OPTIONS,
    sigmas: {
      type: 'string',
      value: 'RADII',
      help: 'from:to:count spaced evenly in the logarithm, or radii with commas, in pixel units',
      fallback: `${DEFAULT_RADII} over the range that the cards of the model and its relatives recommend, as on the page`,
    },
    estimators: {
      type: 'string',
      short: 'e',
      value: 'IDS',
      help: 'with commas, or all; see probust estimators',
      fallback: DEFAULT_ESTIMATORS.join(','),
    },
    target: {
      type: 'string',
      value: 'CLASS',
      help: 'the class whose probability is asked for, by label, or by number where no label is that number',
      fallback: 'the predicted one',
    },
  },
  notes: [
    'The JSON is a probust-sweep/1 file, the same as the page’s “Sweep as JSON”; the CSV has one row for each estimator and radius. For the same PNG, model, radii and seed the numbers are those of the page: same noise, same decisions; only copies with two logits within 0.00001 of each other may be called differently by another backend.',
    'If an estimator fails, the others are written and the exit code is 4.',
  ],
  examples: [
    {
      what: `${EXAMPLE.map(({ name }) => name).join(', ')} at 12 radii from 0.05 to 1`,
      line: `probust sweep --image 7.png --sigmas 0.05:1:12 --estimators ${EXAMPLE.map(({ id }) => id).join()} --out sweep.json`,
    },
    {
      what: 'the same number of copies at every radius, as a table',
      line: 'probust sweep --image 7.png --sigmas 0.1,0.3,0.5 --stop fixed:10000 --format csv > sweep.csv',
    },
    {
      what: 'how likely noise makes a linear classifier call it a 2',
      line: 'probust sweep --image 7.png --model mnist-linear --target 2 --seed 7',
    },
  ],
  async run(values, _positionals, io) {
    const ids = values.estimators === undefined ? DEFAULT_ESTIMATORS : parseEstimators(values.estimators);
    const given = values.sigmas === undefined ? undefined : parseSigmas(values.sigmas);
    const settings = await readJobSettings(values, io.err);
    const { card, opened, picture, seed, stop, format, out, backend, threads } = settings;
    const sigmas = given ?? (await defaultRadii(card));
    const target = values.target === undefined ? null : parseTarget(values.target, card.labels);
    const job = { x: picture.x, target, sigmas, estimators: ids, seed, stop };
    const progress = createProgress(io, values.progress === true);
    const { runEngine } = await import('../run-engine');
    const found = await runEngine(
      { modelId: card.id, opened, backend, threads, job },
      progress,
      io.signal,
    ).finally(progress.end);
    const failedIds = found.failed.map(({ id }) => id);
    const result = buildSweepResult({
      app: readVersion(),
      model: found.model,
      image: picture,
      target: found.prediction.target,
      seed,
      backend: found.backend.name,
      stop,
      sigmas,
      estimators: ids.filter((id) => !failedIds.includes(id)),
      estimates: found.estimates,
    });
    await writeResult(format === 'csv' ? toCsv(result) : toJson(result), out, io);
    for (const note of tieNotes(found.estimates)) io.err(`${note}\n`);
    if (found.failed.length > 0) {
      const reasons = found.failed.map(({ id, message }) => `${id} failed: ${message}`);
      throw new CliError(EXIT.model, `The rest was written, but ${reasons.join(' ')}`);
    }
  },
});
