import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { loadFirstView, Page } from './Page';
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
void loadFirstView(useStore.getState().settings).then(() => {
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
