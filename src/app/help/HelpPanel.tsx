import { lazy, Suspense, useState } from 'react';
import { Panel } from '../common/Panel';
import { strings } from '../strings';

const EstimatorTexts = lazy(() => import('./EstimatorTexts'));

/** What each estimator is, costs, and when it is wrong: docs/estimators.md, loaded when it is asked for. */
export function HelpPanel() {
  const [isAsked, setAsked] = useState(false);
  return (
    <Panel title={strings.help.heading} name="help" onOpen={() => setAsked(true)}>
      {isAsked && (
        <Suspense fallback={<p className="hint">{strings.help.loading}</p>}>
          <EstimatorTexts />
        </Suspense>
      )}
    </Panel>
  );
}
