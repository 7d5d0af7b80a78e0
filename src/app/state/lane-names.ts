import { useShallow } from 'zustand/react/shallow';
import { strings } from '../strings';
import type { Lane } from './lanes';
import { type Relative, relatives } from './relatives';
import { type AppState, useStore } from './store';

export const traitName = ({ trait }: Relative): string => trait ?? strings.compare.ordinary;

export type LaneNames = Readonly<Record<Lane, string>>;

/** What tells the two curves apart, in a few words; null while nothing is compared. */
export function laneNames({ settings, model, otherModel, index, pinned }: AppState): LaneNames | null {
  const { compare } = settings;
  if (compare === null || model === null) return null;
  if (compare.with === 'picture') {
    return pinned === null ? null : { shown: strings.compare.thisPicture, compared: strings.compare.pinned };
  }
  if (otherModel?.card.id !== compare.id) return null;
  const related = relatives(index, model.card.id);
  const nameOf = (id: string): string | undefined => {
    const found = related.find((entry) => entry.id === id);
    return found && traitName(found);
  };
  const [shown, compared] = [nameOf(model.card.id), nameOf(compare.id)];
  return shown !== undefined && compared !== undefined
    ? { shown, compared }
    : { shown: model.card.name, compared: otherModel.card.name };
}

export const useLaneNames = (): LaneNames | null => useStore(useShallow(laneNames));
