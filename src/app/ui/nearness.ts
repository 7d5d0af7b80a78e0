/** As far beyond the edges of the window something is near it: scrolling then finds it ready. */
const MARGIN = '160px';

const followers = new Map<Element, (isNear: boolean) => void>();
let observer: IntersectionObserver | undefined;

/**
 * Tells whether an element is in the window or near it, at first and whenever that changes.
 * @returns ends it
 */
export function followNearness(element: Element, follow: (isNear: boolean) => void): () => void {
  // One for all: each is dear to make.
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) followers.get(target)?.(isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  followers.set(element, follow);
  observer.observe(element);
  return () => {
    followers.delete(element);
    observer?.unobserve(element);
  };
}
