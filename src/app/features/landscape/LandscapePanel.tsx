import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { lazyPart } from '../../ui/lazy-part';
import { Panel } from '../../ui/Panel';

const LandscapeView = lazyPart(
  () => import('./LandscapeView'),
  <p className="hint">{strings.landscape.loading}</p>,
);

/** Robustness and margin as surfaces, loaded when they are asked for. */
export function LandscapePanel() {
  const panel = usePanel('landscape');
  return (
    <Panel title={strings.landscape.heading} {...panel}>
      {panel.isOpen && <LandscapeView />}
    </Panel>
  );
}
