import { lazyPart } from '../common/lazy-part';
import { Panel, usePanelOpen } from '../common/Panel';
import { strings } from '../strings';

const EstimatorTexts = lazyPart(
  () => import('./EstimatorTexts'),
  <p className="hint">{strings.help.loading}</p>,
);

/** What each estimator is, costs, and when it is wrong: docs/estimators.md, loaded when it is asked for. */
export function HelpPanel() {
  const isOpen = usePanelOpen('help');
  return (
    <Panel title={strings.help.heading} name="help">
      {isOpen && <EstimatorTexts />}
    </Panel>
  );
}
