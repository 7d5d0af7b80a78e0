import { lazy, Suspense } from 'react';
import { Panel, usePanelOpen } from '../common/Panel';
import { strings } from '../strings';

const EstimatorTexts = lazy(() => import('./EstimatorTexts'));

/** What each estimator is, costs, and when it is wrong: docs/estimators.md, loaded when it is asked for. */
export function HelpPanel() {
  const isOpen = usePanelOpen('help');
  return (
    <Panel title={strings.help.heading} name="help">
      {isOpen && (
        <Suspense fallback={<p className="hint">{strings.help.loading}</p>}>
          <EstimatorTexts />
        </Suspense>
      )}
    </Panel>
  );
}
