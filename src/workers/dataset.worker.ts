import { expose, transfer } from 'comlink';
import { classBias, pairedDifferences, toDatasetCsv, toDatasetParquet } from '../dataset';
import { load } from './dataset/load';
import type { DatasetApi } from './dataset-protocol';
import { answerPulse, longStep, longTask } from './pulse';

/** The longest that reading is silent: while the largest file is unpacked or looked through, on a slow phone too. */
const READING_MS = 60_000;
/** The same of permutation tests over all pairs of a hundred classes, and of tables. */
const ANALYSIS_MS = 300_000;

answerPulse();

expose({
  async load(source, purpose, onProgress) {
    const result = await longTask(READING_MS, () => load(source, purpose, onProgress));
    if (!result.ok) return result;
    const { pixels, labels } = result.data.images;
    // Files of an archive may share a buffer, which can only be handed over once.
    return transfer(result, [...new Set([pixels.buffer, labels.buffer])]);
  },
  classBias: async (table, sigmaIndex) => longStep(ANALYSIS_MS, () => classBias(table, sigmaIndex)),
  pairedDifferences: async (first, second, sigmaIndex) =>
    longStep(ANALYSIS_MS, () => pairedDifferences(first, second, sigmaIndex)),
  exportTable: async (table, format) =>
    longStep(ANALYSIS_MS, () =>
      format === 'csv' ? new TextEncoder().encode(toDatasetCsv(table)) : toDatasetParquet(table),
    ),
} satisfies DatasetApi);
