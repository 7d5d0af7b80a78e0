import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { lazyPart } from '../../ui/lazy-part';
import { Panel } from '../../ui/Panel';

const EstimatorTexts = lazyPart(
  () => import('./EstimatorTexts'),
  <p className="hint">{strings.help.loading}</p>,
);

/** What each estimator is, costs, and when it is wrong: the help of the registry, loaded when it is asked for. */
export function HelpPanel() {
  const panel = usePanel('help');
  return (
    <Panel title={strings.help.heading} {...panel}>
      {panel.isOpen && <EstimatorTexts />}
    </Panel>
  );
}
