import { expose, transfer } from 'comlink';
import { classBias, pairedDifferences, toDatasetCsv, toDatasetParquet } from '../dataset';
import { load } from './dataset/load';
import type { DatasetApi } from './dataset-protocol';

expose({
  async load(source, purpose, onProgress) {
    const result = await load(source, purpose, onProgress);
    if (!result.ok) return result;
    const { pixels, labels } = result.data.images;
    // Files of an archive may share a buffer, which can only be handed over once.
    return transfer(result, [...new Set([pixels.buffer, labels.buffer])]);
  },
  classBias: async (table, sigmaIndex) => classBias(table, sigmaIndex),
  pairedDifferences: async (first, second, sigmaIndex) => pairedDifferences(first, second, sigmaIndex),
  exportTable: async (table, format) =>
    format === 'csv' ? new TextEncoder().encode(toDatasetCsv(table)) : toDatasetParquet(table),
} satisfies DatasetApi);
