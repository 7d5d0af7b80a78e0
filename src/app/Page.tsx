import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import type { Settings } from './state/settings';
import { useStore } from './state/store';
import { strings } from './strings';
import { Guard } from './ui/Guard';
import { fetchPart } from './ui/lazy-part';

const LOADERS = {
  explore: () => import('./pages/explore/ExploreView'),
  learn: () => import('./pages/lesson/LearnView'),
  data: () => import('./pages/batch/DatasetView'),
  embed: () => import('./pages/embed/EmbedView'),
} as const;
type View = keyof typeof LOADERS;

/** Views whose code is there. */
const loaded = new Set<View>();

const attempt = (view: View): ComponentType =>
  lazy(async () => {
    const module = await fetchPart(LOADERS[view]);
    loaded.add(view);
    return module;
  });

const VIEWS: Record<View, ComponentType> = {
  explore: attempt('explore'),
  learn: attempt('learn'),
  data: attempt('data'),
  embed: attempt('embed'),
};

const viewOf = ({ view, embed }: Settings): View => (embed === '' ? view : 'embed');

/**
 * Loads what the page shows first, before it is drawn: React puts a placeholder where something is being loaded, and leaves
 * it there for at least 300 ms. What can't be loaded is tried again, and complained of, when it is drawn.
 */
export async function loadFirstView(settings: Settings): Promise<void> {
  const view = viewOf(settings);
  const module = await LOADERS[view]().catch(() => null);
  if (module === null) return;
  VIEWS[view] = module.default;
  loaded.add(view);
}

/** @param shell HTML of the page's head, as the build made it */
function Waiting({ shell }: { readonly shell: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is of this build's own index.html
  return <div dangerouslySetInnerHTML={{ __html: shell }} />;
}

function Shown({ view }: { readonly view: View }) {
  const Part = VIEWS[view];
  return <Part />;
}

/** Which of the views is shown, and how it looks. Each view is loaded when it is first asked for. */
export function Page({ shell }: { readonly shell: string }) {
  const { theme, text } = useStore((state) => state.settings);
  const view = useStore((state) => viewOf(state.settings));
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.text = text;
  }, [theme, text]);
  return (
    <Guard
      resetKeys={[view]}
      // What React knows of a failed attempt would fail again.
      onRetry={() => {
        if (!loaded.has(view)) VIEWS[view] = attempt(view);
      }}
      leave={{ text: strings.failedPart.reload, onLeave: () => window.location.reload() }}
    >
      <Suspense fallback={<Waiting shell={shell} />}>
        <Shown view={view} />
      </Suspense>
    </Guard>
  );
}
