import type { EstimatorContext } from '../../estimators/definition';
import { LruCache } from '../../estimators/lru-cache';
import { assertFinite, type Classifier } from '../../estimators/model';
import { hashInput } from '../image/hash';

type Linearised = ReturnType<EstimatorContext['linearisation']>;

/** What is kept at most. The newest one stays even where it alone is larger: it is of the picture that is shown. */
interface Capacity {
  readonly count: number;
  readonly bytes: number;
}

/** Two models and two pictures are compared, each with another before it. */
const CAPACITY: Capacity = { count: 8, bytes: 64 * 2 ** 20 };

/**
 * Forward passes and Jacobians at the inputs that were asked for last, so that the jobs of one model and picture share
 * one. It is computed when the first job asks; another one that asks meanwhile waits for the same.
 */
export class Linearisations {
  readonly #known: LruCache<{ readonly found: Linearised; readonly bytes: number }>;
  #isKeeping = true;
  readonly #numbers = new Map<Classifier, number>();
  #last = 0;

  constructor({ count, bytes }: Capacity = CAPACITY) {
    this.#known = new LruCache(bytes, (each) => Math.max(each.bytes, bytes / count));
  }

  /** From here on each job computes its own. */
  keepNone(): void {
    this.#isKeeping = false;
  }

  /**
   * The linearisation at d input values, with the milliseconds that it took when it was computed. Rejects with
   * ClassifierError for values that are not finite; what was rejected is computed again the next time.
   * @param now a clock in milliseconds
   */
  at(classifier: Classifier, x: Float32Array, now: () => number): Linearised {
    if (!this.#isKeeping) return linearised(classifier, x, now);
    const key = `${this.#numberOf(classifier)} ${hashInput(x)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known.found;
    const found = linearised(classifier, x, now);
    const { classCount: K, inputLength: d } = classifier;
    this.#known.set(key, {
      found,
      bytes: K * d * Float32Array.BYTES_PER_ELEMENT + (K + 1) * K * Float64Array.BYTES_PER_ELEMENT,
    });
    found.catch(() => {
      if (this.#known.get(key)?.found === found) this.#known.delete(key);
    });
    return found;
  }

  /** Lets go of what is known of a classifier that is not used any more. */
  forget(classifier: Classifier): void {
    const number = this.#numbers.get(classifier);
    this.#numbers.delete(classifier);
    for (const key of this.#known.keys()) if (key.startsWith(`${number} `)) this.#known.delete(key);
  }

  #numberOf(classifier: Classifier): number {
    const number = this.#numbers.get(classifier) ?? ++this.#last;
    this.#numbers.set(classifier, number);
    return number;
  }
}

async function linearised(classifier: Classifier, x: Float32Array, now: () => number): Linearised {
  const begin = now();
  const value = await classifier.linearise(x);
  assertFinite(value.logits, 'logits');
  assertFinite(value.gram, 'gradients');
  return { value, ms: now() - begin };
}
