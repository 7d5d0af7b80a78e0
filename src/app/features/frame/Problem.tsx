import { dismissFailure, dismissProblem, tryAgain } from '../../session/problem';
import { useStore } from '../../state/store';
import { strings } from '../../strings';

/** What could not be loaded, and what went wrong last. The state before it is untouched. */
export function Problem() {
  const problem = useStore((state) => state.problem);
  return (
    <div role="alert">
      <Failed />
      {problem !== null && (
        <div className="problem">
          <p>{problem}</p>
          <button type="button" className="quiet" onClick={dismissProblem}>
            {strings.dismiss}
          </button>
        </div>
      )}
    </div>
  );
}

/** What could not be loaded, with a way to try again; it can be left so where something else is shown. */
function Failed() {
  const failed = useStore((state) => state.failed);
  const needsReload = useStore((state) => state.engineFailed);
  const isNeeded = useStore(({ model, image, settings }) => settings.view !== 'data' && (!model || !image));
  if (failed === null) return null;
  return (
    <div className="problem" data-testid="failed">
      <p>{failed.message}</p>
      <div className="row">
        <button type="button" onClick={tryAgain}>
          {needsReload ? strings.failedPart.reload : strings.failedPart.retry}
        </button>
        {!isNeeded && (
          <button type="button" className="quiet" onClick={dismissFailure}>
            {strings.dismiss}
          </button>
        )}
      </div>
    </div>
  );
}
