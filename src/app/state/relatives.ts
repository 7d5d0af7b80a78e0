import type { ModelIndex } from '../../workers/models/card';
import { relatedModels } from '../../workers/models/relatives';

/** A bundled model with what sets it apart from its relatives, in words; null for the ordinary one. */
export interface Relative {
  readonly id: string;
  readonly trait: string | null;
}

/** The relatives of a bundled model, itself among them; see `relatedModels`. */
export function relatives(index: ModelIndex | null, id: string): readonly Relative[] {
  const related = index === null ? [] : relatedModels(index, id);
  const own = related.find((entry) => entry.id === id);
  const root = related.find((entry) => entry.id === (own?.ordinary ?? id));
  return related.map((entry) => ({
    id: entry.id,
    trait: entry === root || root === undefined ? null : traitOf(entry.name, root.name),
  }));
}

/** “Convolutional network, trained on noise” beside “Convolutional network”: “Trained on noise”. */
function traitOf(name: string, ordinary: string): string {
  const rest = name.startsWith(`${ordinary}, `) ? name.slice(ordinary.length + 2) : name;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
