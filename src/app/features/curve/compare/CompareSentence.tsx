import { useConclusion } from './conclusion';

/** Which of the two curves is higher, and where most; nothing while nothing is compared. */
export function CompareSentence() {
  const text = useConclusion();
  if (text === null) return null;
  return (
    <p className="compare-sentence" data-testid="compare-sentence">
      {text}
    </p>
  );
}
