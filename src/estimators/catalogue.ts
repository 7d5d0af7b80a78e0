import type { EstimatorDescription } from './definition';
import { ESTIMATORS } from './registry';

export interface CatalogueEntry extends EstimatorDescription {
  /** Has something to say of every class, not of the target alone. */
  readonly readsClasses: boolean;
}

/**
 * The registry without what computes, in its order. This module exports plain data alone: the page's build evaluates it
 * (build/evaluated.ts), so that a page which describes estimators does not load them.
 */
export const CATALOGUE: readonly CatalogueEntry[] = ESTIMATORS.map(
  ({ cost, run, classes, ...description }) => ({ ...description, readsClasses: classes !== undefined }),
);

/** The ids of those that are on unless others are asked for. */
export const DEFAULT_ESTIMATORS: readonly string[] = CATALOGUE.filter(
  ({ shownByDefault }) => shownByDefault,
).map(({ id }) => id);
