import { type AdversarialPoint, nearestAdversarial } from '../../../../estimators/adversarial';
import type { EstimatorContext } from '../../../../estimators/definition';
import type { Estimate } from '../../../../estimators/estimate';
import { argmax } from '../../../../estimators/model';
import { nextTask } from '../../../ui/next-paint';
import { type Point, planeClassifier } from './model';

/** What is asked about a point of the plane. */
export interface PlaneQuestion {
  readonly point: Point;
  readonly target: number;
  readonly sigmas: readonly number[];
  readonly seed: number;
  /** Noisy copies of Monte Carlo at each radius. */
  readonly samples: number;
}

/** Milliseconds of work after which others get their turn. */
const SLICE_MS = 12;

async function contextOf({ point, target, sigmas, seed, samples }: PlaneQuestion): Promise<EstimatorContext> {
  const x = Float32Array.from(point);
  const value = await planeClassifier.linearise(x);
  return {
    classifier: planeClassifier,
    x,
    target,
    sigmas,
    seed,
    stop: { rule: 'fixed', samples },
    linearisation: async () => ({ value, ms: 0 }),
    now: () => performance.now(),
  };
}

/** The registered estimators' answers by id, one a radius; null if the signal was raised meanwhile. */
export async function estimatesOf(
  ids: readonly string[],
  question: PlaneQuestion,
  signal: AbortSignal,
): Promise<Readonly<Record<string, readonly Estimate[]>> | null> {
  const { findEstimator } = await import('../../../../estimators/registry');
  const context = await contextOf(question);
  const found: Record<string, Estimate[]> = {};
  let start = performance.now();
  for (const id of ids) {
    const estimates: Estimate[] = [];
    found[id] = estimates;
    const definition = findEstimator(id);
    if (definition === undefined) throw new Error(id);
    for await (const { sigmaIndex, estimate } of definition.run(context)) {
      estimates[sigmaIndex] = estimate;
      if (performance.now() - start < SLICE_MS) continue;
      await nextTask();
      if (signal.aborted) return null;
      start = performance.now();
    }
  }
  return signal.aborted ? null : found;
}

/** The nearest point that is called another class, and how far it is; null if none was found. */
export async function nearestOther(point: Point, seed: number): Promise<AdversarialPoint | null> {
  const target = argmax(await planeClassifier.logits(Float32Array.from(point)));
  const search = nearestAdversarial(await contextOf({ point, target, sigmas: [1], seed, samples: 256 }));
  for (;;) {
    const next = await search.next();
    if (next.done) return next.value;
  }
}
