import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { loadFirstView, Page } from './Page';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/controls.css';
import 'react-image-crop/dist/ReactCrop.css';
import './input/input.css';
import './input/crop.css';
import './input/test-images.css';
import './noise/noise.css';
import './charts/charts.css';
import './sweep/sweep.css';
import './common/panel.css';
import './classes/classes.css';
import { nextPaint } from './common/next-paint';
import { followAddress } from './session/address';
import { ensureIsolation } from './session/isolation';
import { keepOffline } from './session/offline';
import { startWhenNeeded } from './session/start';
import { useStore } from './state/store';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
// What index.html shows stays until the view is there.
const shell = root.innerHTML;
followAddress();
void Promise.all([nextPaint(), loadFirstView(useStore.getState().settings)]).then(() => {
  // In slices, between which the browser answers and the engine's news come in.
  startTransition(() => {
    createRoot(root).render(
      <StrictMode>
        <Page shell={shell} />
      </StrictMode>,
    );
  });
});
// A page that reloads at once need not start its engine first.
void ensureIsolation().then((reloads) => {
  if (reloads) return;
  startWhenNeeded();
  void keepOffline();
});
