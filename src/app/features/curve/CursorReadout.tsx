import { CATALOGUE } from '../../../estimators/catalogue';
import type { Estimate } from '../../../estimators/estimate';
import { seriesColour } from '../../charts/CurveMarks';
import { Swatch } from '../../charts/primitives/Legend';
import { useLaneNames } from '../../state/lane-names';
import { missingWords } from '../../state/missing';
import { cursorSigma, shownEstimators } from '../../state/selectors';
import { useStore } from '../../state/store';
import { useEstimatesAt } from '../../state/use-estimates';
import { useSeriesAttributes } from '../../state/use-highlight';
import { LaneContext, useLane } from '../../state/use-lane';
import { strings } from '../../strings';
import { errorText } from '../../ui/error-text';
import { formatCount, formatEstimate, formatSigma } from '../../ui/format';
import { Distances } from './distances/Distances';

/** Every shown estimator's exact value at the cursor's radius, with its error; of two curves, side by side. */
export function CursorReadout() {
  const sigma = useStore(cursorSigma);
  const names = useLaneNames();
  const isMissing = useStore((state) => missingWords(state) !== null);
  if (sigma === null || isMissing) return null;
  return (
    <div className="readout" data-testid="readout">
      <p>{strings.sweep.atCursor(formatSigma(sigma))}</p>
      {names === null ? (
        <Readings sigma={sigma} />
      ) : (
        <div className="readout-pair">
          {(['shown', 'compared'] as const).map((lane) => (
            <LaneContext key={lane} value={lane}>
              <section aria-label={names[lane]} data-lane={lane}>
                <h3>
                  <Swatch kind={lane === 'shown' ? 'curve' : 'other-curve'} isInText />
                  {names[lane]}
                </h3>
                <Readings sigma={sigma} />
              </section>
            </LaneContext>
          ))}
        </div>
      )}
    </div>
  );
}

function Readings({ sigma }: { readonly sigma: number }) {
  const shown = useLane(shownEstimators);
  const estimates = useEstimatesAt(sigma);
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
