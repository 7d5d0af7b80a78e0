import { type AdversarialPoint, nearestAdversarial } from '../../../../estimators/adversarial';
import type { EstimatorContext, Role } from '../../../../estimators/definition';
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

export type Answers = Readonly<Partial<Record<Role, readonly Estimate[]>>>;

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

/** The answers of the estimators that have these roles, by role, one a radius; null if the signal was raised meanwhile. */
export async function estimatesOf(
  roles: readonly Role[],
  question: PlaneQuestion,
  signal: AbortSignal,
): Promise<Answers | null> {
  const { ESTIMATORS } = await import('../../../../estimators/registry');
  const context = await contextOf(question);
  const found: Partial<Record<Role, Estimate[]>> = {};
  let start = performance.now();
  for (const role of roles) {
    const estimates: Estimate[] = [];
    found[role] = estimates;
    const definition = ESTIMATORS.find((each) => each.roles?.includes(role));
    if (definition === undefined) throw new Error(role);
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
