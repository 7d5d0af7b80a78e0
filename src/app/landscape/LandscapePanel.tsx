import { lazy, Suspense } from 'react';
import { Panel, usePanelOpen } from '../common/Panel';
import { strings } from '../strings';

const LandscapeView = lazy(() => import('./LandscapeView'));

/** Robustness and margin as surfaces, loaded when they are asked for. */
export function LandscapePanel() {
  const isOpen = usePanelOpen('landscape');
  return (
    <Panel title={strings.landscape.heading} name="landscape">
      {isOpen && (
        <Suspense fallback={<p className="hint">{strings.landscape.loading}</p>}>
          <LandscapeView />
        </Suspense>
      )}
    </Panel>
  );
}
