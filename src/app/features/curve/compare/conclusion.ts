import { useMemo } from 'react';
import { REFERENCE } from '../../../../estimators/roles';
import { useSweep } from '../../../queries/hooks';
import { questionNow, useQuestion } from '../../../queries/series';
import { sweepQuery } from '../../../queries/sweep';
import type { SweepData } from '../../../queries/sweep-data';
import type { Question } from '../../../state/question';
import { type SeriesNames, seriesNames, useSeriesNames } from '../../../state/series-names';
import type { Comparison } from '../../../state/settings';
import { useStore } from '../../../state/store';
import { strings } from '../../../strings';
import { formatPercent, formatSigma } from '../../../ui/format';
import { whereOf } from '../../../ui/stretches';
import { judgeComparison, type Sampled } from './verdict';

const messages = strings.compare;

const sampledBy = ({ estimates, prediction }: SweepData): Sampled => ({
  row: estimates[REFERENCE.id] ?? [],
  target: prediction?.target ?? 0,
});

/** A share that no line ends within. */
const share = (p: number): string => formatPercent(p).replaceAll(' ', '\u00a0');

interface Compared {
  readonly question: Question | null;
  readonly names: SeriesNames | null;
  readonly compare: Comparison | null;
  readonly main: SweepData;
  readonly compared: SweepData;
}

/**
 * Which of the two curves is higher, and where most, in a sentence; null while nothing is compared.
 * @param final whether what is not known yet is left out
 */
function conclude({ question, names, compare, main, compared }: Compared, final: boolean): string | null {
  if (names === null || question === null) return null;
  const { estimators, sigmas, stop, model } = question;
  if (!estimators.includes(REFERENCE.id)) return final ? null : messages.needsSampling;
  const verdict = judgeComparison(sampledBy(main), sampledBy(compared), sigmas.length, stop);
  const [largest] = verdict.apart;
  if (largest === undefined) {
    if (verdict.complete) return messages.alike(names.main, names.compared);
    return final ? null : messages.pending(names.main, names.compared);
  }
  const isShown = largest.shown > largest.compared;
  const [better, worse] = isShown ? [names.main, names.compared] : [names.compared, names.main];
  const label = model.card.labels[main.prediction?.target ?? -1] ?? '';
  const withModel = compare?.with === 'model' || question.target !== null;
  const claim = withModel ? messages.models(better, label, worse) : messages.pictures(better, worse);
  const [less = '', more = ''] = [largest.shown, largest.compared].sort((a, b) => a - b).map(share);
  const sentence = messages.most(claim, formatSigma(largest.sigma), more, less);
  const reversed = verdict.apart.filter((each) => each.shown > each.compared !== isShown);
  if (reversed.length === 0) return sentence;
  const where = whereOf(sigmas, (sigma) => reversed.some((each) => each.sigma === sigma));
  return `${sentence} ${messages.bothWays(where)}`;
}

/** The same sentence as it comes in. */
export function useConclusion(): string | null {
  const question = useQuestion('main');
  const names = useSeriesNames();
  const compare = useStore(({ settings }) => settings.compare);
  const main = useSweep(({ data }) => data, 'main');
  const compared = useSweep(({ data }) => data, 'compared');
  return useMemo(
    () => conclude({ question, names, compare, main, compared }, false),
    [question, names, compare, main, compared],
  );
}

/** The same sentence for a caption: what is not known yet is left out. */
export function finalConclusion(): string | null {
  const state = useStore.getState();
  const question = questionNow('main');
  return conclude(
    {
      question,
      names: seriesNames(state),
      compare: state.settings.compare,
      main: sweepQuery.read(question).data,
      compared: sweepQuery.read(questionNow('compared')).data,
    },
    true,
  );
}
