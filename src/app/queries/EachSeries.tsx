import type { ReactNode } from 'react';
import { Swatch } from '../charts/primitives/Legend';
import { SERIES } from '../state/question';
import { useSeriesNames } from '../state/series-names';
import { SeriesContext } from './series';

/** What is shown of a curve: once while there is one, and of each under its name where two are compared. */
export function EachSeries({ children }: { readonly children: ReactNode }) {
  const names = useSeriesNames();
  if (names === null) return children;
  return SERIES.map((series) => (
    <SeriesContext key={series} value={series}>
      <section aria-label={names[series]} data-curve={series} className="lane-section">
        <h3>
          <Swatch kind={series === 'main' ? 'curve' : 'other-curve'} isInText />
          {names[series]}
        </h3>
        {children}
      </section>
    </SeriesContext>
  ));
}
