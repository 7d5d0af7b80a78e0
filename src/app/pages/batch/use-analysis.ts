import { useEffect, useState } from 'react';
import type { ClassBias, PairedDifferences } from '../../../dataset';
import { report } from '../../session/problem';
import { isBusy, type ModelRun, useDataset } from './state';
import { datasetWorker } from './worker';

/** What takes the worker a while, of the rows at the last rest of the run. */
export interface Analysis {
  /** One a model. */
  readonly bias: readonly ClassBias[];
  readonly paired: PairedDifferences | null;
}

/** Classes need two images between them to be told apart. */
const FEWEST = 3;

const hasSameImages = ([one, other]: readonly ModelRun[]): boolean =>
  one !== undefined && other !== undefined && one.rows.length === other.rows.length;

async function analyse(runs: readonly ModelRun[], sigmaIndex: number): Promise<Analysis> {
  const tables = runs.map(({ header, rows }) => ({ header, rows }));
  const bias = await Promise.all(tables.map((table) => datasetWorker.classBias(table, sigmaIndex)));
  const [first, second] = tables;
  const paired =
    first && second && hasSameImages(runs)
      ? await datasetWorker.pairedDifferences(first, second, sigmaIndex)
      : null;
  return { bias, paired };
}

/** Null while the run goes on, and until the worker has answered. */
export function useAnalysis(): Analysis | null {
  const runs = useDataset((state) => state.runs);
  const sigmaIndex = useDataset((state) => state.sigmaIndex);
  const busy = useDataset(isBusy);
  const [analysis, setAnalysis] = useState<Analysis | null>(null);
  useEffect(() => {
    setAnalysis(null);
    const isReady = runs.length > 0 && runs.every(({ rows }) => rows.length >= FEWEST);
    if (busy || !isReady) return;
    let isAsked = true;
    analyse(runs, sigmaIndex).then((found) => isAsked && setAnalysis(found), report);
    return () => {
      isAsked = false;
    };
  }, [busy, runs, sigmaIndex]);
  return analysis;
}
