import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { Guard, PartNotLoaded } from './Guard';

type Module<Props> = { readonly default: ComponentType<Props> };

/** Style sheets that could not be fetched. One that is still on its way is none of them: what waits for it would wait in vain if it were replaced. */
const failedSheets = new Set<HTMLLinkElement>();
if (typeof document !== 'undefined') {
  const note = ({ target }: Event): void => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') failedSheets.add(target);
  };
  document.addEventListener('error', note, { capture: true });
}

/** A style sheet that could not be fetched is in the page all the same, and the browser does not try it again by itself. */
async function renewStyleSheets(): Promise<void> {
  const links = [...failedSheets].filter(({ isConnected }) => isConnected);
  failedSheets.clear();
  const renewed = links.map((link) => {
    const again = link.cloneNode() as HTMLLinkElement;
    return new Promise((resolve, reject) => {
      again.addEventListener('load', resolve);
      again.addEventListener('error', () => reject(new PartNotLoaded(again.href)));
      link.replaceWith(again);
    });
  });
  await Promise.all(renewed);
}

/** Fetches the code of a part of the page; rejects with PartNotLoaded. */
export async function fetchPart<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    await renewStyleSheets();
    return await load();
  } catch (error) {
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
