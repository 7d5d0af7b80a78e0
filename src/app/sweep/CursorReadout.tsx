import type { CSSProperties } from 'react';
import type { Estimate } from '../../estimators/estimate';
import { ESTIMATORS } from '../../estimators/registry';
import { formatCount, formatEstimate, formatSigma } from '../common/format';
import { Distances } from '../distances/Distances';
import { cursorSigma, shownEstimators } from '../state/selectors';
import { useStore } from '../state/store';
import { useEstimatesAt } from '../state/use-estimates';
import { strings } from '../strings';
import { errorText } from './error-text';

/** Every shown estimator's exact value at the cursor's radius, with its error. */
export function CursorReadout() {
  const sigma = useStore(cursorSigma);
  const shown = useStore(shownEstimators);
  const estimates = useEstimatesAt(sigma);
  if (sigma === null) return null;
  return (
    <div className="readout" data-testid="readout">
      <p>{strings.sweep.atCursor(formatSigma(sigma))}</p>
      <dl>
        {ESTIMATORS.map(({ id, name }, i) => {
          if (!shown.includes(id)) return null;
          const estimate = estimates[i];
          return (
            <div key={id} style={{ '--colour': `var(--series-${i})` } as CSSProperties}>
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
    </div>
  );
}

function costText({ evaluations, gradients }: Estimate): string {
  const passes = strings.table.evaluations(formatCount(evaluations));
  return gradients > 0 ? `${passes}, ${strings.table.gradients(formatCount(gradients))}` : passes;
}

const flagTexts = ({ flags }: Estimate): string[] => flags.map((flag) => strings.flags[flag]);
