import { proxy } from 'comlink';
import type { AdversarialPoint } from '../../estimators/adversarial';
import { LruCache } from '../../estimators/lru-cache';
import { ESTIMATORS } from '../../estimators/registry';
import { cursorSigma, modelKey, shownEstimators } from '../state/selectors';
import { type AppState, type CursorState, useStore } from '../state/store';
import { LatestRequest } from './latest-request';
import { keepAtCursor } from './results-cache';
import { engine } from './workers';

/** What stands beside the curve: class by class at the cursor's radius, and the distances of the worst case. */

const REST_MS = 250;

const classes = new LatestRequest(REST_MS);
const certificate = new LatestRequest(REST_MS);
const adversary = new LatestRequest(0);
const adversaries = new LruCache<{ readonly found: AdversarialPoint | null }>(32);

/** Adds to what the cursor shows, if it is still at this place, and to what is kept of the place. */
function addAtCursor(
  place: Pick<CursorState, 'base' | 'sigma'>,
  change: (known: CursorState) => Partial<Pick<CursorState, 'classes' | 'certificate'>>,
): void {
  const { cursor } = useStore.getState();
  if (cursor?.base !== place.base || cursor.sigma !== place.sigma) return;
  const found = change(cursor);
  keepAtCursor(place, found);
  useStore.setState({ cursor: { ...cursor, ...found } });
}

/** Asks for what is to be seen beside the curve and not known, and cancels what nobody looks at any more. */
export function ensureBeside(): void {
  const state = useStore.getState();
  ensureClasses(state);
  ensureCertificate(state);
  ensureAdversary(state);
}

function ensureClasses(state: AppState): void {
  const { model, image, settings, cursor, openPanels } = state;
  const on = shownEstimators(state);
  const shown = ESTIMATORS.filter(({ id, classes }) => classes && on.includes(id));
  const isSeen = openPanels.includes('classes') && shown.length > 0;
  if (!isSeen || cursor === null || model === null || image === null) {
    classes.want(null, async () => {});
    return;
  }
  const { base, sigma } = cursor;
  const place = { base, sigma };
  classes.want(`${base}|${sigma}|${shown.map(({ id }) => id).join()}`, async (id, isWanted) => {
    for (const { id: estimatorId } of shown) {
      if (!isWanted()) return;
      if (useStore.getState().cursor?.classes[estimatorId] !== undefined) continue;
      const { seed } = settings;
      const request = { id, modelId: model.card.id, x: image.prepared.data, estimatorId, sigma, seed };
      const reading = await engine.classProbabilities(request);
      if (reading === null) return;
      addAtCursor(place, (known) => ({ classes: { ...known.classes, [estimatorId]: reading } }));
    }
  });
}

/** Distances wait for the curve; once asked for they are not dropped because an estimator joins it. */
const isReady = ({ sweep }: AppState, request: LatestRequest, key: string): boolean =>
  sweep?.status === 'done' || request.key === key;

function ensureCertificate(state: AppState): void {
  const { model, image, settings, cursor, sweep } = state;
  const sigma = cursorSigma(state);
  const target = sweep?.prediction?.target;
  const key = cursor && sigma !== null ? `${cursor.base}|${sigma}` : null;
  const isHere = cursor?.sigma === sigma && cursor?.base === sweep?.key;
  if (!model || !image || !cursor || target === undefined || sigma === null || key === null || !isHere) {
    certificate.want(null, async () => {});
    return;
  }
  certificate.want(isReady(state, certificate, key) ? key : null, async (id) => {
    if (useStore.getState().cursor?.certificate) return;
    const { seed } = settings;
    const request = { id, modelId: model.card.id, x: image.prepared.data, target, seed, sigma };
    const found = await engine.certify(request);
    if (found !== null) addAtCursor({ base: cursor.base, sigma }, () => ({ certificate: found }));
  });
}

function ensureAdversary(state: AppState): void {
  const { model, image, settings, sweep } = state;
  const target = sweep?.prediction?.target;
  const { seed } = settings;
  const key =
    model && model.noGradients === null && image && target !== undefined
      ? JSON.stringify([modelKey(model), image.sha256, target, seed])
      : null;
  if (!model || !image || target === undefined || key === null) {
    adversary.want(null, async () => {});
    if (state.adversary !== null) useStore.setState({ adversary: null });
    return;
  }
  if (state.adversary?.key !== key) {
    const known = adversaries.get(key);
    useStore.setState({ adversary: { key, fraction: known ? 1 : 0, result: known ?? null } });
  }
  adversary.want(isReady(state, adversary, key) ? key : null, async (id, isWanted) => {
    if (adversaries.get(key) !== undefined) return;
    const onProgress = (fraction: number): void => {
      // Progress comes through a port of its own and may be late.
      if (!isWanted() || adversaries.get(key) !== undefined) return;
      useStore.setState({ adversary: { key, fraction, result: null } });
    };
    const request = { id, modelId: model.card.id, x: image.prepared.data, target, seed };
    const result = await engine.nearestAdversarial(request, proxy(onProgress));
    if (result === null) return;
    adversaries.set(key, result);
    if (isWanted()) useStore.setState({ adversary: { key, fraction: 1, result } });
  });
}
