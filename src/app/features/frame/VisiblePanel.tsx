import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react';
import { Gate, GateContext } from '../../state/gate';
import type { PartName } from '../../state/parts';
import { Debounced } from '../../ui/debounced';
import { Guard } from '../../ui/Guard';
import { whenIdle } from '../../ui/idle';
import { followNearness } from '../../ui/nearness';
import { Part } from './Part';

interface VisiblePanelProps {
  /** The part of the page that a link can hide. */
  readonly part?: PartName;
  /** Whether it is among what is seen first. */
  readonly first: boolean;
  readonly children: ReactNode;
}

/**
 * A place for a part of the page, which gets a machine's attention as it is looked at: made at once if it is seen first,
 * otherwise once the page is idle; and from then on told of changes at once only while it is in or near the window, or has
 * the focus. Elsewhere it catches up when changes pause, and is `aria-busy` until then.
 */
export function VisiblePanel({ part, ...rest }: VisiblePanelProps) {
  const panel = <OpenPanel {...rest} />;
  return part === undefined ? panel : <Part name={part}>{panel}</Part>;
}

function OpenPanel({ first, children }: Omit<VisiblePanelProps, 'part'>) {
  const place = useRef<HTMLDivElement>(null);
  const [isMade, setMade] = useState(first);
  const [{ gate, late }] = useState(() => {
    const late = new Debounced(() => {
      gate.catchUp();
      place.current?.removeAttribute('aria-busy');
    });
    const gate = new Gate(first, () => {
      if (!place.current?.hasAttribute('aria-busy')) place.current?.setAttribute('aria-busy', 'true');
      late.ask();
    });
    return { gate, late };
  });

  useEffect(() => {
    if (isMade) return;
    return whenIdle(() => {
      gate.catchUp();
      startTransition(() => setMade(true));
    });
  }, [isMade, gate]);

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let isNear = first;
    const follow = (): void => {
      if (isNear || element.matches(':focus-within')) {
        gate.open();
        element.removeAttribute('aria-busy');
      } else gate.close();
    };
    const leave = followNearness(element, (now) => {
      isNear = now;
      follow();
    });
    element.addEventListener('focusin', follow);
    // The focus is nowhere yet.
    const followLater = (): void => void setTimeout(follow);
    element.addEventListener('focusout', followLater);
    return () => {
      late.cancel();
      leave();
      element.removeEventListener('focusin', follow);
      element.removeEventListener('focusout', followLater);
    };
  }, [gate, late, first]);

  return (
    <div ref={place} className="slot">
      {isMade && (
        <GateContext value={gate}>
          <Guard>{children}</Guard>
        </GateContext>
      )}
    </div>
  );
}
