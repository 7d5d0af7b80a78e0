import { sampledShares } from '../../estimators/class-shares';
import { LEVEL } from '../../estimators/estimate';
import { REFERENCE } from '../../estimators/roles';
import { readVersion } from '../../node/project';
import { type ClassesResult, classesCsv } from '../../results/classes-result';
import { toModelRecord } from '../../results/model-record';
import { defineCommand } from '../command';
import { CliError, EXIT, usageError } from '../errors';
import { JOB_OPTIONS, readJobSettings } from '../job-options';
import { writeResult } from '../output';
import { createProgress } from '../progress';
import { tieNotes } from '../tie-notes';
import { parseSigma } from '../values';

export const classes = defineCommand({
  name: 'classes',
  summary:
    'where noise of one radius leads: the share of every class, with limits that hold for all together',
  usage: '--image FILE --sigma RADIUS [options]',
  positionals: [],
  options: {
    ...JOB_OPTIONS,
    sigma: { type: 'string', short: 's', value: 'RADIUS', help: 'the noise radius in pixel units; needed' },
  },
  notes: [
    `The JSON is a probust-classes/1 file: under estimates.${REFERENCE.id} one row a class, the share of noisy copies called so, each limit at 1 - 0.05/K for K classes, so that all hold together at 95 %. A stop by precision is that of the predicted class; the shares of the others are then those among the other copies, times what is left.`,
  ],
  examples: [
    { what: 'what a 7 is taken for', line: 'probust classes --image 7.png --sigma 0.5 --stop fixed:10000' },
    { what: 'as a table', line: 'probust classes --image 7.png --sigma 0.5 --format csv' },
  ],
  async run(values, _positionals, io) {
    if (values.sigma === undefined) throw usageError('No radius was given; name one with --sigma RADIUS.');
    const sigma = parseSigma(values.sigma);
    const { card, opened, picture, seed, stop, format, out, backend, threads } = await readJobSettings(
      values,
      io.err,
    );
    const job = { x: picture.x, target: null, sigmas: [sigma], estimators: [REFERENCE.id], seed, stop };
    const progress = createProgress(io, values.progress === true);
    const { runEngine } = await import('../run-engine');
    const found = await runEngine(
      { modelId: card.id, opened, backend, threads, job },
      progress,
      io.signal,
    ).finally(progress.end);
    const estimate = found.estimates[REFERENCE.id]?.[0];
    if (estimate === undefined) throw new CliError(EXIT.model, `${REFERENCE.name} gave no estimate.`);
    const { predicted } = found.prediction;
    const { shares, interval } = sampledShares(estimate, predicted, stop);
    const labelOf = (index: number): string => card.labels[index] ?? '';
    const { evaluations, gradients, ms, flags } = estimate;
    const result: ClassesResult = {
      schema: 'probust-classes/1',
      app: readVersion(),
      model: toModelRecord(found.model),
      image: { sha256: picture.sha256, width: picture.width, height: picture.height },
      predicted: { index: predicted, label: labelOf(predicted) },
      seed,
      backend: found.backend.name,
      stop: { ...stop },
      sigma,
      estimates: {
        [REFERENCE.id]: {
          interval,
          level: LEVEL,
          evaluations,
          gradients,
          ms,
          flags: [...flags],
          classes: shares.map((share, index) => ({ index, label: labelOf(index), ...share })),
        },
      },
    };
    const text = format === 'csv' ? classesCsv(result) : `${JSON.stringify(result, null, 1)}\n`;
    await writeResult(text, out, io);
    for (const note of tieNotes(found.estimates)) io.err(`${note}\n`);
  },
});
