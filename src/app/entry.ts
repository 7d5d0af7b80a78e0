// What index.html shows is painted before the page itself is made: this file is small and main.tsx is not.
import { entryStrings } from './entry-strings';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/controls.css';
import 'react-image-crop/dist/ReactCrop.css';
import './features/picture/input.css';
import './features/picture/crop.css';
import './features/picture/test-images.css';
import './features/noise/noise.css';
import './features/curve/curve.css';
import './features/curve/compare/compare.css';
import './features/curve/distances/distances.css';
import './pages/embed/embed.css';

// A host may forbid what stands in index.html itself; the page then does without.
void Promise.resolve(window.firstPaint)
  .then(() => import('./main'))
  .catch(sayThatNothingLoads);

/** Without the page's own code, in place of what it would say. */
function sayThatNothingLoads(): void {
  const words = Object.assign(document.createElement('p'), { textContent: entryStrings.notLoaded });
  const reload = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: entryStrings.reload,
    onclick: () => window.location.reload(),
  });
  const box = Object.assign(document.createElement('div'), { className: 'problem', role: 'alert' });
  box.append(words, reload);
  document.getElementById('root')?.append(box);
}
