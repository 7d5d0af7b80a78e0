import { useShallow } from 'zustand/react/shallow';
import { CATALOGUE } from '../../estimators/catalogue';
import type { Estimate } from '../../estimators/estimate';
import { estimateAt } from './selectors';
import { useLane } from './use-lane';

/** The newest estimate of every registered estimator at a radius, in the registry's order. */
export function useEstimatesAt(sigma: number | null): readonly (Estimate | undefined)[] {
  return useLane(
    useShallow((state) =>
      CATALOGUE.map(({ id }) => (sigma === null ? undefined : estimateAt(state, id, sigma))),
    ),
  );
}
