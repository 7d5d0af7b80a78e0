import { REFERENCE } from '../../../../estimators/roles';
import { laneNames } from '../../../state/lane-names';
import { viewOf } from '../../../state/lanes';
import { shownEstimators } from '../../../state/selectors';
import { stopRule } from '../../../state/settings';
import type { AppState, SweepState } from '../../../state/store';
import { strings } from '../../../strings';
import { formatPercent, formatSigma } from '../../../ui/format';
import { whereOf } from '../../../ui/stretches';
import { judgeComparison, type Sampled } from './verdict';

const words = strings.compare;

const sampledBy = (sweep: SweepState | null): Sampled => ({
  row: sweep?.estimates[REFERENCE.id] ?? [],
  target: sweep?.prediction?.target ?? 0,
});

/** A share that no line ends within. */
const share = (p: number): string => formatPercent(p).replaceAll(' ', '\u00a0');

/**
 * Which of the two curves is higher, and where most, in a sentence; null while nothing is compared.
 * @param final whether what is not known yet is left out
 */
export function conclusion(state: AppState, final = false): string | null {
  const names = laneNames(state);
  if (names === null) return null;
  if (!shownEstimators(state).includes(REFERENCE.id)) return final ? null : words.needsSampling;
  const { sweep, model, settings } = state;
  const compared = viewOf(state, 'compared')?.sweep ?? null;
  const verdict = judgeComparison(
    sampledBy(sweep),
    sampledBy(compared),
    sweep?.sigmas.length ?? 0,
    stopRule(settings),
  );
  const [largest] = verdict.apart;
  if (largest === undefined) {
    if (verdict.complete) return words.alike(names.shown, names.compared);
    return final ? null : words.pending(names.shown, names.compared);
  }
  const isShown = largest.shown > largest.compared;
  const [better, worse] = isShown ? [names.shown, names.compared] : [names.compared, names.shown];
  const label = model?.card.labels[sweep?.prediction?.target ?? -1] ?? '';
  const withModel = settings.compare?.with === 'model' || settings.target !== null;
  const claim = withModel ? words.models(better, label, worse) : words.pictures(better, worse);
  const [less = '', more = ''] = [largest.shown, largest.compared].sort((a, b) => a - b).map(share);
  const sentence = words.most(claim, formatSigma(largest.sigma), more, less);
  const reversed = verdict.apart.filter((each) => each.shown > each.compared !== isShown);
  if (reversed.length === 0) return sentence;
  const where = whereOf(sweep?.sigmas ?? [], (sigma) => reversed.some((each) => each.sigma === sigma));
  return `${sentence} ${words.bothWays(where)}`;
}
