import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { strings } from '../strings';

const messages = strings.failedPart;

/** Thrown where the code of a part of the page could not be fetched. */
export class PartNotLoaded extends Error {
  override readonly name = 'PartNotLoaded';
}

interface GuardProps {
  readonly children: ReactNode;
  /** What another attempt needs first. */
  readonly onRetry?: () => void;
  /** A change of one of them is another attempt. */
  readonly resetKeys?: unknown[];
  /** A way out where another attempt may not help. */
  readonly leave?: { readonly text: string; readonly onLeave: () => void };
}

/** A part of the page for itself: what goes wrong within is said there and can be tried again, and the rest lives on. */
export function Guard({ children, onRetry, resetKeys, leave }: GuardProps) {
  return (
    <ErrorBoundary
      {...(onRetry === undefined ? {} : { onReset: onRetry })}
      {...(resetKeys === undefined ? {} : { resetKeys })}
      fallbackRender={({ error, resetErrorBoundary }) => (
        <div className="card failed-part" role="alert">
          <p>{error instanceof PartNotLoaded ? messages.notLoaded : messages.failed}</p>
          <div className="row">
            <button type="button" onClick={() => resetErrorBoundary()}>
              {messages.retry}
            </button>
            {leave !== undefined && (
              <button type="button" className="quiet" onClick={leave.onLeave}>
                {leave.text}
              </button>
            )}
          </div>
        </div>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
