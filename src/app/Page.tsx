import { lazy, Suspense, useEffect } from 'react';
import { useStore } from './state/store';
import { strings } from './strings';

const App = lazy(() => import('./App'));
const DatasetView = lazy(() => import('./dataset/DatasetView'));
const EmbedView = lazy(() => import('./embed/EmbedView'));
const LearnView = lazy(() => import('./lesson/LearnView'));

const VIEWS = { explore: App, learn: LearnView, data: DatasetView } as const;

/** @param shell HTML of the page's head, as the build made it */
function Waiting({ shell }: { readonly shell: string }) {
  return (
    <>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: it is of this build's own index.html */}
      <div dangerouslySetInnerHTML={{ __html: shell }} />
      <p className="view-loading">{strings.views.loading}</p>
    </>
  );
}

/** Which of the views is shown, and how it looks. Each view is loaded when it is first asked for. */
export function Page({ shell }: { readonly shell: string }) {
  const { theme, view, text, embed } = useStore((state) => state.settings);
  const View = VIEWS[view];
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.text = text;
  }, [theme, text]);
  return (
    <Suspense fallback={<Waiting shell={shell} />}>
      {embed !== '' ? <EmbedView what={embed} /> : <View />}
    </Suspense>
  );
}
