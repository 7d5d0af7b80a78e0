import type { ReactNode } from 'react';
import { addressOf, goTo } from '../../session/address';
import type { Settings } from '../../state/settings';
import { followsHere } from '../../ui/links';

interface StepLinkProps {
  readonly to: Partial<Settings>;
  readonly className?: string;
  readonly current?: boolean;
  readonly children: ReactNode;
}

/** A link within the lesson or out of it, which does not load the page anew. */
export function StepLink({ to, className, current = false, children }: StepLinkProps) {
  return (
    <a
      className={className}
      href={addressOf(to)}
      aria-current={current ? 'step' : undefined}
      onClick={(event) => followsHere(event) && goTo(to)}
    >
      {children}
    </a>
  );
}
