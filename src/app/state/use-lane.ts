import { createContext, useContext } from 'react';
import { type Lane, viewOrNothing } from './lanes';
import { type AppState, useStore } from './store';

/** Which of the two curves the components within are of. */
export const LaneContext = createContext<Lane>('shown');

/** Selects from the state as the curve around sees it; nothing is found of it while that curve is not there. */
export function useLane<T>(select: (view: AppState) => T): T {
  const lane = useContext(LaneContext);
  return useStore((state) => select(viewOrNothing(state, lane)));
}
