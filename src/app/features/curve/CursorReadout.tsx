import { useShallow } from 'zustand/react/shallow';
import { CATALOGUE } from '../../../estimators/catalogue';
import type { Estimate } from '../../../estimators/estimate';
import { seriesColour } from '../../charts/CurveMarks';
import { Swatch } from '../../charts/primitives/Legend';
import { estimateAt } from '../../queries/estimates-at';
import { useEstimates } from '../../queries/hooks';
import { SeriesContext, useQuestion } from '../../queries/series';
import { missingWords } from '../../state/missing';
import { SERIES } from '../../state/question';
import { selectedSigma } from '../../state/selectors';
import { useSeriesNames } from '../../state/series-names';
import { useStore } from '../../state/store';
import { useSeriesAttributes } from '../../state/use-highlight';
import { strings } from '../../strings';
import { errorText } from '../../ui/error-text';
import { formatCount, formatEstimate, formatSigma } from '../../ui/format';
import { Distances } from './distances/Distances';

/** Every shown estimator's exact value at the cursor's radius, with its error; of two curves, side by side. */
export function CursorReadout() {
  const sigma = useStore(selectedSigma);
  const names = useSeriesNames();
  const isMissing = useStore((state) => missingWords(state) !== null);
  if (sigma === null || isMissing) return null;
  return (
    <div className="readout" data-testid="readout">
      <p>{strings.sweep.atCursor(formatSigma(sigma))}</p>
      {names === null ? (
        <Readings sigma={sigma} />
      ) : (
        <div className="readout-pair">
          {SERIES.map((series) => (
            <SeriesContext key={series} value={series}>
              <section aria-label={names[series]} data-curve={series}>
                <h3>
                  <Swatch kind={series === 'main' ? 'curve' : 'other-curve'} isInText />
                  {names[series]}
                </h3>
                <Readings sigma={sigma} />
              </section>
            </SeriesContext>
          ))}
        </div>
      )}
    </div>
  );
}

function Readings({ sigma }: { readonly sigma: number }) {
  const shown = useQuestion()?.estimators ?? [];
  const estimates = useEstimates(
    useShallow((known) => CATALOGUE.map(({ id }) => estimateAt(known, id, sigma))),
  );
  const attributes = useSeriesAttributes();
  return (
    <>
      <dl>
        {CATALOGUE.map(({ id, name, colour }, i) => {
          if (!shown.includes(id)) return null;
          const estimate = estimates[i];
          return (
            <div key={id} {...attributes(id)} style={seriesColour(colour)}>
              <dt>{name}</dt>
              <dd>
                <b>{estimate ? formatEstimate(estimate) : strings.table.pending}</b>{' '}
                {estimate && (
                  <span className="hint">
                    {[errorText(estimate), costText(estimate), ...flagTexts(estimate)].join('; ')}
                  </span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      <Distances sigma={sigma} />
    </>
  );
}

function costText({ evaluations, gradients }: Estimate): string {
  const passes = strings.table.evaluations(formatCount(evaluations));
  return gradients > 0 ? `${passes}, ${strings.table.gradients(formatCount(gradients))}` : passes;
}

const flagTexts = ({ flags }: Estimate): string[] => flags.map((flag) => strings.flags[flag]);
