import { useStore } from '../state/store';
import { strings } from '../strings';

/** What went wrong last. The state before it is untouched. */
export function Problem() {
  const problem = useStore((state) => state.problem);
  return (
    <div role="alert">
      {problem !== null && (
        <div className="problem">
          <p>{problem}</p>
          <button type="button" className="quiet" onClick={() => useStore.setState({ problem: null })}>
            {strings.dismiss}
          </button>
        </div>
      )}
    </div>
  );
}
