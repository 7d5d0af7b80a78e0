import { useContext, useMemo } from 'react';
import { useLaneNames } from '../../../state/lane-names';
import { viewOf } from '../../../state/lanes';
import { StoreContext, useStore } from '../../../state/store';
import { conclusion } from './conclusion';

/** Which of the two curves is higher, and where most; nothing while nothing is compared. */
export function CompareSentence() {
  const names = useLaneNames();
  const settings = useStore((state) => state.settings);
  const shown = useStore((state) => state.sweep);
  const compared = useStore((state) => viewOf(state, 'compared')?.sweep ?? null);
  const { getState } = useContext(StoreContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the sentence is made of, taken from the state at once
  const text = useMemo(() => conclusion(getState()), [names, settings, shown, compared]);
  if (text === null) return null;
  return (
    <p className="compare-sentence" data-testid="compare-sentence">
      {text}
    </p>
  );
}
