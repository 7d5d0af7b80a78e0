import type { EstimatorDescription } from './definition';
import { ESTIMATORS } from './registry';

/** What is said of an estimator wherever it is shown; what its help alone says is left out. */
export interface CatalogueEntry extends Omit<EstimatorDescription, 'formula' | 'citation'> {
  /** Has something to say of every class, not of the target alone. */
  readonly readsClasses: boolean;
}

/**
 * The registry without what computes and without its help, in its order. This module exports plain data alone: the page's build
 * evaluates it (build/evaluated.ts), so that a page which describes estimators does not load them.
 */
export const CATALOGUE: readonly CatalogueEntry[] = ESTIMATORS.map(
  ({ cost, run, classes, help, formula, citation, ...description }) => ({
    ...description,
    readsClasses: classes !== undefined,
  }),
);

/** The ids of those that are on unless others are asked for. */
export const DEFAULT_ESTIMATORS: readonly string[] = CATALOGUE.filter(
  ({ shownByDefault }) => shownByDefault,
).map(({ id }) => id);
