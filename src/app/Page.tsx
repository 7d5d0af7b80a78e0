import { lazy, Suspense, useEffect } from 'react';
import { useStore } from './state/store';
import { strings } from './strings';

const App = lazy(() => import('./App'));
const LearnView = lazy(() => import('./lesson/LearnView'));

/** Which of the views is shown, and how it looks. Each view is loaded when it is first asked for. */
export function Page() {
  const { theme, view } = useStore((state) => state.settings);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <Suspense fallback={<p className="view-loading">{strings.views.loading}</p>}>
      {view === 'learn' ? <LearnView /> : <App />}
    </Suspense>
  );
}
