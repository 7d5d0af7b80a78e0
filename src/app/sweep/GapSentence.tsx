import { formatProbability, formatSigma } from '../common/format';
import { strings } from '../strings';
import { useGaps } from './use-gaps';

/** Whether the analytical curves and sampling part by more than their errors explain, and by how much at most. */
export function GapSentence() {
  const gaps = useGaps();
  if (gaps === null) return null;
  const { judged, verdict } = gaps;
  const words = strings.gap;
  const names = judged.map(({ name }) => name);
  const [largest] = verdict.unexplained;
  if (largest === undefined) {
    return <p className="gap-sentence">{verdict.complete ? words.none(names) : words.waiting(names)}</p>;
  }
  const nameOf = (id: string): string => judged.find((one) => one.id === id)?.name ?? id;
  const others = [...new Set(verdict.unexplained.map(({ estimatorId }) => estimatorId))]
    .filter((id) => id !== largest.estimatorId)
    .map(nameOf);
  const assumption = judged.find(({ id }) => id === largest.estimatorId)?.assumption;
  const gap = formatProbability(Math.abs(largest.difference));
  return (
    <p className="gap-sentence">
      {words.parts(
        nameOf(largest.estimatorId),
        gap,
        largest.difference > 0,
        formatSigma(largest.sigma),
        assumption,
      )}
      {others.length > 0 && ` ${words.others(others)}`}
    </p>
  );
}
