import { CATALOGUE, type CatalogueEntry } from './catalogue';
import type { Role } from './definition';

/** The estimator that has a role. Throws where none has. */
export function estimatorIn(role: Role): CatalogueEntry {
  const found = CATALOGUE.find(({ roles }) => roles?.includes(role));
  if (found === undefined) throw new Error(`no estimator is registered as ${role}`);
  return found;
}

/** The plain sampling that the others are judged by. */
export const REFERENCE: CatalogueEntry = estimatorIn('reference');
