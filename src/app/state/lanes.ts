import { oncePerState } from './once-per-state';
import { sigmaRange } from './radii';
import { cursorSigma, recommendedRange } from './selectors';
import type { Settings } from './settings';
import { type AppState, type Findings, NOTHING_FOUND, useStore } from './store';

/** Two curves share the page: the one that is shown, and the one beside it. */
export type Lane = 'shown' | 'compared';

/**
 * The state as one of the curves sees it, for every selector: with its model, picture and findings in their places, and on
 * the shown one's radii. Null while there is no such curve.
 */
export function viewOf(state: AppState, lane: Lane): AppState | null {
  return lane === 'shown' ? state : comparedView(state);
}

/** The same, with nothing found of a curve that is not there: what was found of the shown one is not of it. */
export const viewOrNothing = (state: AppState, lane: Lane): AppState =>
  viewOf(state, lane) ?? withoutFindings(state);

const withoutFindings = oncePerState((state): AppState => ({ ...state, ...NOTHING_FOUND }));

const comparedView = oncePerState((state): AppState | null => {
  const { settings, model, image, otherModel, pinned, compared } = state;
  const { compare } = settings;
  if (compare === null) return null;
  const range = recommendedRange(state);
  if (model === null || image === null || range === null) return null;
  if (compare.with === 'picture') {
    if (pinned === null || pinned.prepared.data.length !== image.prepared.data.length) return null;
    return { ...state, ...compared, image: pinned };
  }
  if (otherModel === null || otherModel.card.id !== compare.id) return null;
  const target = state.sweep?.prediction?.target;
  if (target === undefined) return null;
  const ofOther = settingsOfOther(settings, sigmaRange(settings, range), cursorSigma(state), target);
  return { ...state, ...compared, model: otherModel, settings: ofOther };
});

let last: { readonly from: readonly unknown[]; readonly settings: Settings } | undefined;

/** The other model is asked for the class of the shown one, at its radii and its cursor. The same object for the same settings. */
function settingsOfOther(
  settings: Settings,
  { min, max }: { readonly min: number; readonly max: number },
  cursor: number | null,
  target: number,
): Settings {
  const from = [settings, min, max, cursor, target];
  if (last === undefined || from.some((part, i) => part !== last?.from[i])) {
    last = { from, settings: { ...settings, sigmaMin: min, sigmaMax: max, cursor, target } };
  }
  return last.settings;
}

export const findingsOf = (state: AppState, lane: Lane): Findings =>
  lane === 'shown' ? state : state.compared;

/** Writes what was found for a curve. */
export function updateFindings(lane: Lane, change: (found: Findings) => Partial<Findings>): void {
  useStore.setState((state) => {
    const found = change(findingsOf(state, lane));
    return lane === 'shown' ? found : { compared: { ...state.compared, ...found } };
  });
}
