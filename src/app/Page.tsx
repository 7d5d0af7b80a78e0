import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import type { Settings } from './state/settings';
import { useStore } from './state/store';

const LOADERS = {
  explore: () => import('./App'),
  learn: () => import('./lesson/LearnView'),
  data: () => import('./dataset/DatasetView'),
  embed: () => import('./embed/EmbedView'),
} as const;
type View = keyof typeof LOADERS;

const VIEWS: Record<View, ComponentType> = {
  explore: lazy(LOADERS.explore),
  learn: lazy(LOADERS.learn),
  data: lazy(LOADERS.data),
  embed: lazy(LOADERS.embed),
};

const viewOf = ({ view, embed }: Settings): View => (embed === '' ? view : 'embed');

/**
 * Loads what the page shows first, before it is drawn: React puts a placeholder where something is being loaded, and leaves
 * it there for at least 300 ms. What can't be loaded is tried again, and complained of, when it is drawn.
 */
export async function loadFirstView(settings: Settings): Promise<void> {
  const view = viewOf(settings);
  const module = await LOADERS[view]().catch(() => null);
  if (module !== null) VIEWS[view] = module.default;
}

/** @param shell HTML of the page's head, as the build made it */
function Waiting({ shell }: { readonly shell: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is of this build's own index.html
  return <div dangerouslySetInnerHTML={{ __html: shell }} />;
}

/** Which of the views is shown, and how it looks. Each view is loaded when it is first asked for. */
export function Page({ shell }: { readonly shell: string }) {
  const { theme, text } = useStore((state) => state.settings);
  const Shown = useStore((state) => VIEWS[viewOf(state.settings)]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.text = text;
  }, [theme, text]);
  return (
    <Suspense fallback={<Waiting shell={shell} />}>
      <Shown />
    </Suspense>
  );
}
