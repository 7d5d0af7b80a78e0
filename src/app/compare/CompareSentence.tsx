import { useMemo } from 'react';
import { formatPercent, formatSigma } from '../common/format';
import { viewOf } from '../state/lanes';
import { shownEstimators } from '../state/selectors';
import { type SweepState, useStore } from '../state/store';
import { strings } from '../strings';
import { useLaneNames } from './lane-names';
import { judgeComparison, type Sampled } from './verdict';

const words = strings.compare;

const sampledBy = (sweep: SweepState | null): Sampled => ({
  row: sweep?.estimates.mc ?? [],
  target: sweep?.prediction?.target ?? 0,
});

/** Which of the two curves is higher, and where most; nothing while nothing is compared. */
export function CompareSentence() {
  const names = useLaneNames();
  const shown = useStore((state) => state.sweep);
  const compared = useStore((state) => viewOf(state, 'compared')?.sweep ?? null);
  const hasMc = useStore((state) => shownEstimators(state).includes('mc'));
  const withModel = useStore(
    ({ settings }) => settings.compare?.with === 'model' || settings.target !== null,
  );
  const label = useStore(({ model, sweep }) => model?.card.labels[sweep?.prediction?.target ?? -1] ?? '');
  const verdict = useMemo(
    () => judgeComparison(sampledBy(shown), sampledBy(compared), shown?.sigmas.length ?? 0),
    [shown, compared],
  );
  if (names === null) return null;
  const [largest] = verdict.apart;
  const text = (): string => {
    if (!hasMc) return words.needsMc;
    if (largest === undefined) {
      const sentence = verdict.complete ? words.alike : words.pending;
      return sentence(names.shown, names.compared);
    }
    const isShown = largest.shown > largest.compared;
    const [better, worse] = isShown ? [names.shown, names.compared] : [names.compared, names.shown];
    const claim = withModel ? words.models(better, label, worse) : words.pictures(better, worse);
    const [less = '', more = ''] = [largest.shown, largest.compared].sort((a, b) => a - b).map(formatPercent);
    const sentence = words.most(claim, formatSigma(largest.sigma), more, less);
    const reversed = verdict.apart.some((each) => each.shown > each.compared !== isShown);
    return reversed ? `${sentence} ${words.bothWays}` : sentence;
  };
  return (
    <p className="compare-sentence" data-testid="compare-sentence">
      {text()}
    </p>
  );
}
