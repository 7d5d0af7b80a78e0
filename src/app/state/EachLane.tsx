import type { ReactNode } from 'react';
import { Swatch } from '../charts/primitives/Legend';
import { useLaneNames } from './lane-names';
import { LaneContext } from './use-lane';

/** What is shown of a curve: once while there is one, and of each under its name where two are compared. */
export function EachLane({ children }: { readonly children: ReactNode }) {
  const names = useLaneNames();
  if (names === null) return children;
  return (['shown', 'compared'] as const).map((lane) => (
    <LaneContext key={lane} value={lane}>
      <section aria-label={names[lane]} data-lane={lane} className="lane-section">
        <h3>
          <Swatch kind={lane === 'shown' ? 'curve' : 'other-curve'} isInText />
          {names[lane]}
        </h3>
        {children}
      </section>
    </LaneContext>
  ));
}
