import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { Guard, PartNotLoaded } from './Guard';

type Module<Props> = { readonly default: ComponentType<Props> };

/** Style sheets that could not be fetched. Whatever waits for one that is on its way would wait in vain if it were replaced. */
const failedSheets = new Set<HTMLLinkElement>();
if (typeof document !== 'undefined') {
  const note = ({ target }: Event): void => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') failedSheets.add(target);
  };
  document.addEventListener('error', note, { capture: true });
}

/** Addresses of the style sheets that failed with a part, by what loads it. */
const missed = new WeakMap<() => Promise<unknown>, ReadonlySet<string>>();

/**
 * Fetches again what failed: such a style sheet is in the page all the same, and the browser does not try it by itself.
 * Resolves to the addresses of those that fail again.
 */
async function renewStyleSheets(): Promise<readonly string[]> {
  const links = [...failedSheets].filter(({ isConnected }) => isConnected);
  failedSheets.clear();
  const renewed = links.map((link) => {
    const again = link.cloneNode() as HTMLLinkElement;
    return new Promise<string | null>((resolve) => {
      again.addEventListener('load', () => resolve(null));
      again.addEventListener('error', () => resolve(again.href));
      link.replaceWith(again);
    });
  });
  return (await Promise.all(renewed)).filter((href) => href !== null);
}

/** Fetches the code of a part of the page; rejects with PartNotLoaded. */
export async function fetchPart<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    const missing = (await renewStyleSheets()).find((href) => missed.get(load)?.has(href));
    if (missing !== undefined) throw new Error(missing);
    return await load();
  } catch (error) {
    missed.set(load, new Set([...failedSheets].map(({ href }) => href)));
    throw new PartNotLoaded(String(error), { cause: error });
  }
}

/**
 * A part of the page whose code is fetched when it is first shown. Where it cannot be had, that is said in its place, and a
 * press tries again.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<Module<Props>>,
  waiting: ReactNode,
): ComponentType<Props> {
  let Part: ComponentType<Props> = lazy(() => fetchPart(load));
  // React keeps what became of the first attempt, also if it failed.
  const renew = (): void => {
    Part = lazy(() => fetchPart(load));
  };
  // Looks at each attempt when it is drawn.
  const Newest = (props: Props) => <Part {...props} />;
  return (props) => (
    <Guard onRetry={renew}>
      <Suspense fallback={waiting}>
        <Newest {...props} />
      </Suspense>
    </Guard>
  );
}
