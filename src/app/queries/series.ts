import { createContext, useContext } from 'react';
import { joined, useNotified } from '../state/gate';
import { comparedQuestion, mainQuestion, type Question, type Series } from '../state/question';
import { type AppState, useStore } from '../state/store';
import { sweepQuery } from './sweep';

/** Which of the two curves the components within are of. */
export const SeriesContext = createContext<Series>('main');

/** What a curve is about; null while there is no such curve. */
function questionOf(state: AppState, series: Series): Question | null {
  const main = mainQuestion(state);
  if (series === 'main') return main;
  return comparedQuestion(state, sweepQuery.read(main).data.prediction?.target);
}

export const questionNow = (series: Series): Question | null => questionOf(useStore.getState(), series);

// Where two models are compared, the second is asked for the class of the first.
const subscribe = joined(useStore.subscribe, sweepQuery.subscribe);

/** What the curve around is about, or the one that is named; null while there is no such curve. */
export function useQuestion(named?: Series): Question | null {
  const around = useContext(SeriesContext);
  return useNotified(subscribe, () => questionNow(named ?? around));
}
