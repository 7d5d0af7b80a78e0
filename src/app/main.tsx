import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import './app.css';
import { ensureIsolation } from './session/isolation';
import { startSession } from './session/session';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// A page that reloads at once need not start its engine first.
void ensureIsolation().then((reloads) => (reloads ? undefined : startSession()));
