import { folderReader } from '../../src/node/engine';
import { offerReference } from '../../src/workers/engine/reference';
import { loadModelFolder } from '../../src/workers/models/load';
import { TfjsClassifier } from '../../src/workers/tfjs/classifier';

/** Small enough for a core's cache. */
const BATCH = 64;

/** A bundled model as the estimators see it, for a core of its own. Needs a started backend. */
export async function loadClassifier(id: string): Promise<TfjsClassifier> {
  const { card, model } = await loadModelFolder(id, folderReader(id));
  const classifier = new TfjsClassifier(model, card.input.shape, card.labels.length);
  classifier.batch = BATCH;
  offerReference(classifier, card.rounding?.largestMarginDifference ?? null);
  return classifier;
}
