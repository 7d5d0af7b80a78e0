import type { ModelIndex } from '../../workers/models/card';

type Entry = ModelIndex['models'][number];

/** A model of the shelf with what sets it apart from its relatives, in words; null for the ordinary one. */
export interface Relative {
  readonly id: string;
  readonly trait: string | null;
}

/** The ordinary model that a model of the shelf started from, and all that started there, in the order of the list. */
export function relatives(index: ModelIndex | null, id: string): readonly Relative[] {
  const models = index?.models ?? [];
  const own = models.find((entry) => entry.id === id);
  const root = models.find((entry) => entry.id === (own?.ordinary ?? id));
  if (root === undefined) return [];
  const isRelated = (entry: Entry): boolean => entry === root || entry.ordinary === root.id;
  return models
    .filter(isRelated)
    .map((entry) => ({ id: entry.id, trait: entry === root ? null : traitOf(entry.name, root.name) }));
}

/** “Convolutional network, trained on noise” beside “Convolutional network”: “Trained on noise”. */
function traitOf(name: string, ordinary: string): string {
  const rest = name.startsWith(`${ordinary}, `) ? name.slice(ordinary.length + 2) : name;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
