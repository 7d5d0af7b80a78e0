import { useShallow } from 'zustand/react/shallow';
import { strings } from '../strings';
import type { Series } from './question';
import { type Relative, relatives } from './relatives';
import { type AppState, useStore } from './store';

export const traitName = ({ trait }: Relative): string => trait ?? strings.compare.ordinary;

export type SeriesNames = Readonly<Record<Series, string>>;

/** What tells the two curves apart, in a few words; null while nothing is compared. */
export function seriesNames({ settings, model, otherModel, index, pinned }: AppState): SeriesNames | null {
  const { compare } = settings;
  if (compare === null || model === null) return null;
  if (compare.with === 'picture') {
    return pinned === null ? null : { main: strings.compare.thisPicture, compared: strings.compare.pinned };
  }
  if (otherModel?.card.id !== compare.id) return null;
  const related = relatives(index, model.card.id);
  const nameOf = (id: string): string | undefined => {
    const found = related.find((entry) => entry.id === id);
    return found && traitName(found);
  };
  const [main, compared] = [nameOf(model.card.id), nameOf(compare.id)];
  return main !== undefined && compared !== undefined
    ? { main, compared }
    : { main: model.card.name, compared: otherModel.card.name };
}

export const useSeriesNames = (): SeriesNames | null => useStore(useShallow(seriesNames));
