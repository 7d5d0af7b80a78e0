import { proxy } from 'comlink';
import type { AdversarialPoint } from '../../estimators/adversarial';
import { CATALOGUE } from '../../estimators/catalogue';
import { LruCache } from '../../estimators/lru-cache';
import { findingsOf, type Lane, updateFindings, viewOf } from '../state/lanes';
import { cursorSigma, modelKey, shownEstimators } from '../state/selectors';
import { type AdversaryState, type AppState, type CursorState, useStore } from '../state/store';
import { LatestRequest } from './latest-request';
import { keepAtCursor } from './results-cache';
import { engine } from './workers';

const REST_MS = 250;

const adversaries = new LruCache<{ readonly found: AdversarialPoint | null }>(32);

/** Distances wait for the curve; once asked for they are not dropped because an estimator joins it. */
const isReady = ({ sweep }: AppState, request: LatestRequest, key: string): boolean =>
  sweep?.status === 'done' || request.key === key;

const nothing = async (): Promise<void> => {};

/** What stands beside a curve: class by class at the cursor's radius, and the distances of the worst case. */
class BesideKeeper {
  readonly #classes = new LatestRequest(REST_MS);
  readonly #certificate = new LatestRequest(REST_MS);
  readonly #adversary = new LatestRequest(0);

  constructor(readonly lane: Lane) {}

  /** Asks for what is to be seen beside the curve and not known, and cancels what nobody looks at any more. */
  ensure(): void {
    const view = viewOf(useStore.getState(), this.lane);
    this.#ensureClasses(view);
    this.#ensureCertificate(view);
    this.#ensureAdversary(view);
  }

  #cursor(): CursorState | null {
    return findingsOf(useStore.getState(), this.lane).cursor;
  }

  /** Adds to what the cursor shows, if it is still at this place, and to what is kept of the place. */
  #addAtCursor(
    place: Pick<CursorState, 'base' | 'sigma'>,
    change: (known: CursorState) => Partial<Pick<CursorState, 'classes' | 'certificate'>>,
  ): void {
    const cursor = this.#cursor();
    if (cursor?.base !== place.base || cursor.sigma !== place.sigma) return;
    const found = change(cursor);
    keepAtCursor(place, found);
    updateFindings(this.lane, () => ({ cursor: { ...cursor, ...found } }));
  }

  #showAdversary(adversary: AdversaryState | null): void {
    updateFindings(this.lane, () => ({ adversary }));
  }

  #ensureClasses(view: AppState | null): void {
    const { model = null, image = null, cursor = null } = view ?? {};
    const on = view === null ? [] : shownEstimators(view);
    const shown = CATALOGUE.filter(({ id, readsClasses }) => readsClasses && on.includes(id));
    const isSeen = view?.settings.open.includes('classes') && shown.length > 0;
    if (view === null || !isSeen || cursor === null || model === null || image === null) {
      this.#classes.want(null, nothing);
      return;
    }
    const { seed } = view.settings;
    const { base, sigma } = cursor;
    const place = { base, sigma };
    const key = `${base}|${sigma}|${shown.map(({ id }) => id).join()}`;
    this.#classes.want(key, async (id, isWanted) => {
      for (const { id: estimatorId } of shown) {
        if (!isWanted()) return;
        if (this.#cursor()?.classes[estimatorId] !== undefined) continue;
        const request = { id, modelId: model.card.id, x: image.prepared.data, estimatorId, sigma, seed };
        const reading = await engine.classProbabilities(request);
        if (reading === null) return;
        this.#addAtCursor(place, (known) => ({ classes: { ...known.classes, [estimatorId]: reading } }));
      }
    });
  }

  #ensureCertificate(view: AppState | null): void {
    const { model, image, cursor, sweep } = view ?? {};
    const sigma = view && cursorSigma(view);
    const target = sweep?.prediction?.target;
    const key = cursor && sigma !== null ? `${cursor.base}|${sigma}` : null;
    const isHere = cursor?.sigma === sigma && cursor?.base === sweep?.key;
    if (!view || !model || !image || !cursor || target === undefined || !sigma || key === null || !isHere) {
      this.#certificate.want(null, nothing);
      return;
    }
    const { seed } = view.settings;
    this.#certificate.want(isReady(view, this.#certificate, key) ? key : null, async (id) => {
      if (this.#cursor()?.certificate) return;
      const request = { id, modelId: model.card.id, x: image.prepared.data, target, seed, sigma };
      const found = await engine.certify(request);
      if (found !== null) this.#addAtCursor({ base: cursor.base, sigma }, () => ({ certificate: found }));
    });
  }

  #ensureAdversary(view: AppState | null): void {
    const { model, image, sweep } = view ?? {};
    const target = sweep?.prediction?.target;
    const known = findingsOf(useStore.getState(), this.lane).adversary;
    if (!view || !model || model.noGradients !== null || !image || target === undefined) {
      this.#adversary.want(null, nothing);
      if (known !== null) this.#showAdversary(null);
      return;
    }
    const { seed } = view.settings;
    const key = JSON.stringify([modelKey(model), image.sha256, target, seed]);
    if (known?.key !== key) {
      const before = adversaries.get(key);
      this.#showAdversary({ key, fraction: before ? 1 : 0, result: before ?? null });
    }
    this.#adversary.want(isReady(view, this.#adversary, key) ? key : null, async (id, isWanted) => {
      if (adversaries.get(key) !== undefined) return;
      const onProgress = (fraction: number): void => {
        // Progress comes through a port of its own and may be late.
        if (!isWanted() || adversaries.get(key) !== undefined) return;
        this.#showAdversary({ key, fraction, result: null });
      };
      const request = { id, modelId: model.card.id, x: image.prepared.data, target, seed };
      const result = await engine.nearestAdversarial(request, proxy(onProgress));
      if (result === null) return;
      adversaries.set(key, result);
      if (isWanted()) this.#showAdversary({ key, fraction: 1, result });
    });
  }
}

export const besideShown = new BesideKeeper('shown');
export const besideCompared = new BesideKeeper('compared');
