import type { ModelCard, ModelIndex } from './card';

type Entry = ModelIndex['models'][number];
type SigmaRange = ModelCard['sigma'];

/**
 * Lists the ordinary model that a bundled model started from, first, and all that started there, in the index's
 * order. None for a model that is not bundled.
 */
export function relatedModels({ models }: Pick<ModelIndex, 'models'>, id: string): readonly Entry[] {
  const own = models.find((entry) => entry.id === id);
  const root = models.find((entry) => entry.id === (own?.ordinary ?? id));
  return root === undefined ? [] : models.filter((entry) => entry === root || entry.ordinary === root.id);
}

/** The range that spans ranges of radii. Infinite without any. */
export function spannedRange(ranges: readonly SigmaRange[]): SigmaRange {
  return { min: Math.min(...ranges.map(({ min }) => min)), max: Math.max(...ranges.map(({ max }) => max)) };
}
