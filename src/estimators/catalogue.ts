import { type EstimatorDescription, ROLES, type Role } from './definition';
import { ESTIMATORS } from './registry';

export interface CatalogueEntry extends EstimatorDescription {
  /** Has something to say of every class, not of the target alone. */
  readonly readsClasses: boolean;
}

/**
 * The registry without what computes and without the help, in its order. This module exports plain data alone: the page's build
 * evaluates it (build/evaluated.ts), so that a page which describes estimators does not load them.
 */
export const CATALOGUE: readonly CatalogueEntry[] = ESTIMATORS.map(
  ({ cost, run, classes, help, ...description }) => ({ ...description, readsClasses: classes !== undefined }),
);

/** The ids of those that are on unless others are asked for. */
export const DEFAULT_ESTIMATORS: readonly string[] = CATALOGUE.filter(
  ({ shownByDefault }) => shownByDefault,
).map(({ id }) => id);

function holderOf(role: Role): readonly [Role, string] {
  const [holder, ...others] = CATALOGUE.filter(({ roles }) => roles?.includes(role));
  if (holder === undefined || others.length > 0) throw new Error(`the role ${role} needs one estimator`);
  return [role, holder.id];
}

/** The id of the estimator that has each role. */
export const ESTIMATOR_IN = Object.fromEntries(ROLES.map(holderOf)) as Readonly<Record<Role, string>>;
