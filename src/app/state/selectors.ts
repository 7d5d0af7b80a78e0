import { CATALOGUE } from '../../estimators/catalogue';
import type { StopRule } from '../../estimators/estimate';
import { REFERENCE } from '../../estimators/roles';
import { spannedRange } from '../../workers/models/relatives';
import type { ModelInfo } from '../../workers/protocol/models';
import { memoizeLatest } from './memoize';
import { cursorStops, nearestIndex, type SigmaRange, sweepRadii } from './radii';
import { relatives } from './relatives';
import { stopRule } from './settings';
import type { AppState } from './store';

/** Identifies what a model computes: its files, and how pixels become its input. */
export function modelKey({ sha256, card }: ModelInfo): string {
  const { normalisation, shape } = card.input;
  return JSON.stringify(normalisation === undefined ? sha256 : [sha256, shape, normalisation]);
}

let lastStop: StopRule | undefined;

/** The stop rule of the settings; the same object for the same rule. */
export function currentStop({ settings }: Pick<AppState, 'settings'>): StopRule {
  const stop = stopRule(settings);
  if (JSON.stringify(stop) !== JSON.stringify(lastStop)) lastStop = stop;
  return lastStop ?? stop;
}

const withoutGradients = new WeakMap<readonly string[], readonly string[]>();

/**
 * The estimators that are switched on and can run on the model: one without gradients leaves those out that need them, and
 * the reference if it would leave none. The same list for the same settings.
 */
export function shownEstimators({
  settings,
  model,
}: Pick<AppState, 'settings' | 'model'>): readonly string[] {
  const { estimators } = settings;
  if (model === null || model.noGradients === null) return estimators;
  let able = withoutGradients.get(estimators);
  if (able === undefined) {
    const found = estimators.filter(
      (id) => CATALOGUE.find((each) => each.id === id)?.needsGradients === false,
    );
    able = found.length > 0 ? found : [REFERENCE.id];
    withoutGradients.set(estimators, able);
  }
  return able;
}

/**
 * The radii that the axis spans unless it is told others: those recommended for the model, its relatives and what it is
 * compared with, so that the axis stays where it is when one takes the place of the other. Null until there is a model.
 */
export function recommendedRange(state: AppState): SigmaRange | null {
  const { model, otherModel, index, bundledRanges, settings } = state;
  if (model === null) return null;
  const { compare } = settings;
  const other = compare?.with === 'model' ? compare.id : null;
  const ids = [model.card.id, ...(other === null ? [] : [other])];
  const related = ids.flatMap((id) => relatives(index, id).map((entry) => bundledRanges[entry.id]));
  const loaded = other !== null && otherModel?.card.id === other ? otherModel.card.sigma : undefined;
  const ranges = [model.card.sigma, loaded, ...related].filter((range) => range !== undefined);
  return spannedRange(ranges);
}

/** The radii of the sweep; none until there is a model. */
export const radiiOf = memoizeLatest((state: AppState): readonly number[] => {
  const range = recommendedRange(state);
  return range === null ? [] : sweepRadii(state.settings, range);
});

/** Where the cursor is at first: amid the radii recommended for the ordinary one of the model and its relatives. */
function firstCursor({ index, bundledRanges }: AppState, { card }: ModelInfo): number {
  const [ordinary] = relatives(index, card.id);
  const { min, max } = bundledRanges[ordinary?.id ?? ''] ?? card.sigma;
  return Math.sqrt(min * max);
}

/** The radius of the cursor, on one of its stops, at first one of the sweep; null until a model is there. */
export const selectedSigma = memoizeLatest((state: AppState): number | null => {
  const { settings, model } = state;
  if (model === null) return null;
  const radii = radiiOf(state);
  if (settings.cursor !== null) {
    const stops = cursorStops(radii);
    return stops[nearestIndex(stops, settings.cursor)] as number;
  }
  return radii[nearestIndex(radii, firstCursor(state, model))] as number;
});

/** Whether something else was asked for than what is shown: another model, another picture, another part of it. */
export const isChanging = ({ model, image, modelPhase, preparing, cropDraft }: AppState): boolean =>
  model !== null && image !== null && (modelPhase !== null || preparing || cropDraft !== null);
