import { useEffect, useMemo, useState } from 'react';
import { resolvedColour } from '../../charts/figure/colours';
import type { FigureTheme } from '../../charts/figure/figure-file';
import type { SurfaceInk } from '../../charts/solid-figure';
import { useStore } from '../../state/store';

/** The inks of the page, or of a theme that a figure is saved in. */
export function inkOf(theme?: FigureTheme): SurfaceInk {
  const within = document.createElement('div');
  if (theme !== undefined) within.dataset.figureTheme = theme;
  document.body.append(within);
  const colour = (name: string): string => resolvedColour(`var(--${name})`, within).hex;
  const ink = {
    ink: colour('ink'),
    softInk: colour('soft-ink'),
    hairline: colour('hairline'),
    font: getComputedStyle(within).fontFamily,
  };
  within.remove();
  return ink;
}

const DARK = '(prefers-color-scheme: dark)';

/** The inks of the page as its theme changes, for what is not drawn by style sheets. */
export function useInk(): SurfaceInk {
  const theme = useStore((state) => state.settings.theme);
  const [isDark, setDark] = useState(() => window.matchMedia(DARK).matches);
  useEffect(() => {
    const query = window.matchMedia(DARK);
    const follow = (): void => setDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  // The page's theme is an attribute that is set after this is drawn.
  const chosen = theme === 'system' ? (isDark ? 'dark' : 'light') : theme;
  return useMemo(() => inkOf(chosen), [chosen]);
}
