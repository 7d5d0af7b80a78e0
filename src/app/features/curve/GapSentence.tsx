import { useGaps } from '../../queries/use-gaps';
import { type GapSide, sidesOf } from '../../state/gap';
import { missingWords } from '../../state/missing';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { formatProbability, formatSigma } from '../../ui/format';
import { whereOf } from '../../ui/stretches';

const messages = strings.gap;

/** One side of the gap in words: how much, and at which of the sweep's radii. */
function sideText({ above, sigmas, largest }: GapSide, isFirst: boolean, all: readonly number[]): string {
  const gap = formatProbability(Math.abs(largest.difference));
  const most = sigmas.length > 1 ? formatSigma(largest.sigma) : '';
  return messages.side(
    gap,
    above,
    isFirst,
    whereOf(all, (sigma) => sigmas.includes(sigma)),
    most,
  );
}

/** Whether the analytical curves and sampling part by more than their errors explain, to which side, where, and by how much. */
export function GapSentence() {
  const gaps = useGaps();
  const isMissing = useStore((state) => missingWords(state) !== null);
  if (gaps === null || isMissing) return null;
  const { judged, sigmas, verdict } = gaps;
  const { complete, unexplained } = verdict;
  const names = judged.map(({ name }) => name);
  const [largest] = unexplained;
  if (largest === undefined) {
    return (
      <p className="gap-sentence" data-gap={complete ? 'none' : 'pending'}>
        {complete ? messages.none(names) : messages.waiting(names)}
      </p>
    );
  }
  const nameOf = (id: string): string => judged.find((one) => one.id === id)?.name ?? id;
  const others = [...new Set(unexplained.map(({ estimatorId }) => estimatorId))]
    .filter((id) => id !== largest.estimatorId)
    .map(nameOf);
  const assumption = judged.find(({ id }) => id === largest.estimatorId)?.assumption;
  const sides = sidesOf(verdict, largest.estimatorId).map((side, i) => sideText(side, i === 0, sigmas));
  return (
    <p className="gap-sentence" data-gap="unexplained">
      {messages.parts(nameOf(largest.estimatorId), sides, complete, assumption)}
      {others.length > 0 && ` ${messages.others(others)}`}
    </p>
  );
}
