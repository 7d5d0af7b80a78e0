import { expose } from 'comlink';
import { classBias, pairedDifferences, toDatasetCsv, toDatasetParquet } from '../dataset';
import type { DatasetApi } from './dataset-protocol';
import { answerPulse, longStep } from './pulse';

/** The longest that permutation tests over all pairs of a hundred classes, and tables, are silent, on a slow phone too. */
const ANALYSIS_MS = 300_000;

answerPulse();

expose({
  classBias: async (table, sigmaIndex) => longStep(ANALYSIS_MS, () => classBias(table, sigmaIndex)),
  pairedDifferences: async (first, second, sigmaIndex) =>
    longStep(ANALYSIS_MS, () => pairedDifferences(first, second, sigmaIndex)),
  exportTable: async (table, format) =>
    longStep(ANALYSIS_MS, () =>
      format === 'csv' ? new TextEncoder().encode(toDatasetCsv(table)) : toDatasetParquet(table),
    ),
} satisfies DatasetApi);
