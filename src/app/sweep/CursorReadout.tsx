import type { CSSProperties } from 'react';
import { ESTIMATORS } from '../../estimators/registry';
import { formatError, formatEstimate, formatLimits, formatSigma } from '../common/format';
import { cursorSigma } from '../state/selectors';
import { useStore } from '../state/store';
import { useEstimatesAt } from '../state/use-estimates';
import { strings } from '../strings';

/** Every shown estimator's exact value at the cursor's radius, with its error. */
export function CursorReadout() {
  const sigma = useStore(cursorSigma);
  const shown = useStore((state) => state.settings.estimators);
  const estimates = useEstimatesAt(sigma);
  if (sigma === null) return null;
  return (
    <dl className="readout" data-testid="readout">
      <div>
        <dt>{strings.sweep.atCursor(formatSigma(sigma))}</dt>
      </div>
      {ESTIMATORS.map(({ id, name }, i) => {
        if (!shown.includes(id)) return null;
        const estimate = estimates[i];
        const { lo = null, hi = null, numericalError = null } = estimate ?? {};
        return (
          <div key={id} style={{ '--colour': `var(--series-${i})` } as CSSProperties}>
            <dt>{name}</dt>
            <dd>
              <b>{estimate ? formatEstimate(estimate) : strings.table.pending}</b>{' '}
              <span className="hint">
                {lo !== null && hi !== null && formatLimits(lo, hi)}
                {numericalError !== null && `${formatError(numericalError)} ${strings.table.numerical}`}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
