import { withUpdate } from '../state/history';
import { findingsOf, type Lane, updateFindings, viewOf } from '../state/lanes';
import { cursorSigma, shownEstimators, sweepKey } from '../state/selectors';
import { type CursorState, type NoisyCopies, useStore } from '../state/store';
import { latestOnly } from './latest';
import { report } from './problem';
import { further, type KeptCopies, keepAtCursor, recallAtCursor } from './results-cache';
import { cancelJob, jobRequest, runJob } from './run-job';
import { getNormals, recallNormals } from './shown-noise';
import { engine } from './workers';

/** The cursor's own estimates start once it has rested this long. */
const REST_MS = 250;
/** Samples 0 to 99 of the Monte Carlo stream: the copies that the grid shows. */
const SHOWN_COPIES = 100;

/** Copies that were found before, with what draws them, if that is at hand. */
function drawable(found: KeptCopies | null, x: Float32Array | undefined): NoisyCopies | null {
  if (found === null || x === undefined) return null;
  const normals = recallNormals({ seed: found.seed, count: SHOWN_COPIES, length: x.length });
  return normals === undefined ? null : { ...found, x, normals };
}

/** Keeps what one curve shows at the cursor's radius in line with the state. */
class CursorKeeper {
  #runningId = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #requestCopies = latestOnly((base: string) => this.#askForCopies(base));

  constructor(readonly lane: Lane) {}

  #update(change: (cursor: CursorState) => Partial<CursorState>): void {
    updateFindings(this.lane, ({ cursor }) =>
      cursor === null ? {} : { cursor: { ...cursor, ...change(cursor) } },
    );
  }

  async #askForCopies(base: string): Promise<void> {
    const view = viewOf(useStore.getState(), this.lane);
    if (view === null) return;
    const { model, image, settings, cursor, sweep } = view;
    const target = sweep?.prediction?.target;
    if (model === null || image === null || target === undefined || cursor?.base !== base) return;
    const { sigma } = cursor;
    if (cursor.copies?.sigma === sigma) return;
    const { seed } = settings;
    const x = image.prepared.data;
    try {
      const request = { modelId: model.card.id, x, sigma, seed, target, count: SHOWN_COPIES };
      const [classes, normals] = await Promise.all([
        engine.classifyCopies(request),
        getNormals({ seed, count: SHOWN_COPIES, length: x.length }),
      ]);
      const found = { sigma, seed, target, classes };
      keepAtCursor(cursor, { copies: found });
      // Copies of the radius before are better than older ones, and worse than the right ones.
      this.#update((now) =>
        now.base === base && now.copies?.sigma !== now.sigma
          ? { copies: { ...found, x, normals }, copiesFailed: false }
          : {},
      );
    } catch (error) {
      report(error);
      this.#update((now) => (now.base === base ? { copies: null, copiesFailed: true } : {}));
    }
  }

  /**
   * Asks for the radius's noisy copies, and its own estimates where the sweep has no such radius. Copies of another image,
   * model or target are dropped at once; of another radius, once the new ones are there.
   */
  ensure(): void {
    const view = viewOf(useStore.getState(), this.lane);
    const sigma = view && cursorSigma(view);
    const base = view && sweepKey(view);
    const target = view?.sweep?.prediction?.target;
    if (view === null || sigma === null || base === null || target === undefined) {
      if (view === null) this.#leave();
      return;
    }
    const key = `${base}|${sigma}|${shownEstimators(view).join()}`;
    if (view.cursor?.key === key) return;
    const known = recallAtCursor({ base, sigma });
    const x = view.image?.prepared.data;
    const shown = view.cursor?.base === base ? view.cursor.copies : null;
    const copies = drawable(known.copies, x) ?? shown;
    const cursor: CursorState = { ...known, key, base, sigma, copies, copiesFailed: false };
    updateFindings(this.lane, () => ({ cursor }));
    if (copies?.sigma !== sigma) this.#requestCopies(base);

    this.#stop();
    if (view.sweep?.sigmas.includes(sigma)) return;
    this.#timer = setTimeout(() => this.#startJob(key, sigma), REST_MS);
  }

  /** Asks again for copies that could not be had. */
  retryCopies(): void {
    const { cursor } = findingsOf(useStore.getState(), this.lane);
    if (cursor === null) return;
    this.#update(() => ({ copiesFailed: false }));
    this.#requestCopies(cursor.base);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    if (this.#runningId !== 0) cancelJob(this.#runningId);
    this.#runningId = 0;
  }

  #leave(): void {
    this.#stop();
    if (findingsOf(useStore.getState(), this.lane).cursor === null) return;
    updateFindings(this.lane, () => ({ cursor: null }));
  }

  #startJob(key: string, sigma: number): void {
    const view = viewOf(useStore.getState(), this.lane);
    const cursor = view?.cursor;
    if (!view || cursor?.key !== key) return;
    const isMissing = (id: string): boolean => cursor.estimates[id]?.flags.includes('provisional') ?? true;
    const request = jobRequest(view, [sigma], shownEstimators(view).filter(isMissing));
    if (request === null || request.estimators.length === 0) return;
    this.#runningId = runJob(request, (event) => {
      if (event.jobId !== this.#runningId) return;
      if (event.type === 'error') report(event.error);
      const now = findingsOf(useStore.getState(), this.lane).cursor;
      if (event.type !== 'partial' || now?.key !== key) return;
      const estimates = { ...now.estimates };
      const history = { ...now.history };
      for (const update of event.updates) {
        const { estimatorId, estimate } = update;
        estimates[estimatorId] = further(estimates[estimatorId], estimate);
        history[estimatorId] = withUpdate(history[estimatorId], update);
      }
      keepAtCursor(now, { estimates, history });
      this.#update(() => ({ estimates, history }));
    });
  }
}

export const shownCursor = new CursorKeeper('shown');
export const comparedCursor = new CursorKeeper('compared');

export const retryCopies = (lane: Lane): void =>
  (lane === 'shown' ? shownCursor : comparedCursor).retryCopies();
