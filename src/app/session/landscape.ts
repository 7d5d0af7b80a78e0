import { proxy } from 'comlink';
import type { MarginLandscape } from '../../estimators/landscape';
import { LruCache } from '../../estimators/lru-cache';
import { modelKey, radiiOf } from '../state/selectors';
import { type LandscapeSurface, type MarginState, useStore } from '../state/store';
import { LatestRequest } from './latest-request';
import { engine } from './workers';

/** The margin around the picture: computed while somebody looks at it, once the curve is done. */

const request = new LatestRequest(0);
const known = new LruCache<{ readonly found: MarginLandscape | null }>(8);

function updateMargin(key: string, change: Partial<MarginState>): void {
  useStore.setState(({ landscape }) =>
    landscape.margin?.key === key
      ? { landscape: { ...landscape, margin: { ...landscape.margin, ...change } } }
      : {},
  );
}

const stop = (): void => request.want(null, async () => {});

/** Asks for the margin if it is looked at and not known, and cancels what nobody looks at any more. */
export function ensureLandscape(): void {
  const state = useStore.getState();
  const { model, image, settings, sweep, landscape } = state;
  const target = sweep?.prediction?.target;
  const isSeen = settings.open.includes('landscape') && landscape.surface === 'margin';
  if (!isSeen || !model || model.noGradients !== null || !image || target === undefined) {
    stop();
    // What was found is of another picture, class or model.
    if (isSeen && landscape.margin !== null) useStore.setState({ landscape: { ...landscape, margin: null } });
    return;
  }
  const { seed } = settings;
  const sigma = radiiOf(state).at(-1) as number;
  const key = JSON.stringify([modelKey(model), image.sha256, target, seed, sigma]);
  const found = known.get(key);
  if (landscape.margin?.key !== key) {
    const margin: MarginState = {
      key,
      status: found === undefined ? 'running' : 'done',
      fraction: 0,
      result: found ?? null,
    };
    useStore.setState({ landscape: { ...landscape, margin } });
    // The change brings everybody here again.
    return;
  }
  const isOpen = landscape.margin.status === 'running';
  const isReady = sweep?.status === 'done' || request.key === key;
  if (!isOpen || !isReady) {
    if (!isOpen || request.key !== key) stop();
    return;
  }
  request.want(key, async (id) => {
    const x = image.prepared.data;
    try {
      const onProgress = (fraction: number): void => {
        // Progress comes through a port of its own and may be late.
        if (known.get(key) === undefined) updateMargin(key, { fraction });
      };
      const asked = { id, modelId: model.card.id, x, target, seed, sigma };
      const result = await engine.marginLandscape(asked, proxy(onProgress));
      if (result === null) return;
      known.set(key, result);
      updateMargin(key, { status: 'done', fraction: 1, result });
    } catch (error) {
      updateMargin(key, { status: 'failed' });
      throw error;
    }
  });
}

export function selectSurface(surface: LandscapeSurface): void {
  useStore.setState(({ landscape }) => ({ landscape: { ...landscape, surface } }));
}

export function cancelMargin(): void {
  const { margin } = useStore.getState().landscape;
  if (margin?.status === 'running') updateMargin(margin.key, { status: 'cancelled' });
}

export function resumeMargin(): void {
  const { margin } = useStore.getState().landscape;
  if (margin !== null) updateMargin(margin.key, { status: 'running', fraction: 0 });
}
