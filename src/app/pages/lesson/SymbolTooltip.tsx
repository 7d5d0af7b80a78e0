import { type ReactNode, useEffect, useRef, useState } from 'react';
import { lessonStrings } from './strings';
import { isSymbol, type SymbolName } from './symbols';

interface Shown {
  readonly name: SymbolName;
  /** In CSS pixels of the page, which large type makes larger ones of the window. */
  readonly left: number;
  readonly top: number;
}

const EDGE = 10;
const WIDTH = 280;

function symbolAt(target: EventTarget | null): Shown | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-symbol]') : null;
  const name = element?.dataset.symbol ?? '';
  if (element === null || !isSymbol(name)) return null;
  const box = element.getBoundingClientRect();
  const zoom = element.currentCSSZoom ?? 1;
  const middle = (box.left + box.width / 2) / zoom - WIDTH / 2;
  const last = document.documentElement.clientWidth / zoom - WIDTH - EDGE;
  return { name, left: Math.max(EDGE, Math.min(middle, last)), top: box.bottom / zoom + 6 };
}

/** Explains whatever carries `data-symbol` within: under the pointer, with the focus, or tapped; Escape ends it. */
export function SymbolTooltip({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const show = ({ target }: Event): void => setShown(symbolAt(target));
    const hide = (): void => setShown(null);
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') hide();
    };
    for (const type of ['pointerover', 'focusin', 'click']) element.addEventListener(type, show);
    for (const type of ['pointerleave', 'focusout']) element.addEventListener(type, hide);
    window.addEventListener('keydown', onKey);
    window.addEventListener('scroll', hide, { passive: true });
    return () => {
      for (const type of ['pointerover', 'focusin', 'click']) element.removeEventListener(type, show);
      for (const type of ['pointerleave', 'focusout']) element.removeEventListener(type, hide);
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('scroll', hide);
    };
  }, []);
  return (
    <div ref={area} data-explained={shown?.name}>
      {children}
      {shown !== null && (
        <div role="tooltip" className="gloss" style={{ left: shown.left, top: shown.top, width: WIDTH }}>
          {lessonStrings.symbolWords[shown.name]}
        </div>
      )}
    </div>
  );
}
