// What index.html shows is painted before the page itself is made: this file is small and main.tsx is not.
import { entryStrings } from './entry-strings';
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
import './compare/compare.css';
import './distances/distances.css';
import './embed/embed.css';
import './figures/figures.css';
import './input/webcam.css';
import './models/own-model.css';

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
