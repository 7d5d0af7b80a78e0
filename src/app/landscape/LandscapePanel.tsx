import { lazyPart } from '../common/lazy-part';
import { Panel, usePanelOpen } from '../common/Panel';
import { strings } from '../strings';

const LandscapeView = lazyPart(
  () => import('./LandscapeView'),
  <p className="hint">{strings.landscape.loading}</p>,
);

/** Robustness and margin as surfaces, loaded when they are asked for. */
export function LandscapePanel() {
  const isOpen = usePanelOpen('landscape');
  return (
    <Panel title={strings.landscape.heading} name="landscape">
      {isOpen && <LandscapeView />}
    </Panel>
  );
}
