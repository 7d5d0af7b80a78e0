import type { EstimatorContext } from '../../definition';
import { assertFinite, identityCotangents, type Linearisation } from '../../model';

/** Logits and gradients averaged over copies of x at fixed offsets, and what was spent on them. */
export class LogitField {
  evaluations = 0;
  gradients = 0;
  readonly #count: number;

  /** @param offsets n x d in input units; one row of zeros gives the classifier itself. */
  constructor(
    readonly context: Pick<EstimatorContext, 'classifier' | 'x' | 'target'>,
    readonly offsets: Float32Array,
  ) {
    this.#count = offsets.length / context.x.length;
  }

  /** Averaged logits and Jacobian at x + delta. */
  async linearise(delta: Float64Array | null): Promise<Pick<Linearisation, 'logits' | 'jacobian'>> {
    const { classifier } = this.context;
    const identity = identityCotangents(classifier.classCount);
    const [found] = await this.#gradients([{ delta, cotangents: identity }]);
    return found as Pick<Linearisation, 'logits' | 'jacobian'>;
  }

  /** Averaged margins against other classes and their gradients, each at its own x + delta. */
  async margins(
    points: readonly { readonly delta: Float64Array; readonly other: number }[],
  ): Promise<{ value: number; gradient: Float64Array }[]> {
    const { classifier, target } = this.context;
    const found = await this.#gradients(
      points.map(({ delta, other }) => {
        const cotangents = new Float32Array(classifier.classCount);
        cotangents[target] = 1;
        cotangents[other] = -1;
        return { delta, cotangents };
      }),
    );
    return found.map(({ logits, jacobian }, i) => {
      const other = points[i]?.other as number;
      return { value: (logits[target] as number) - (logits[other] as number), gradient: jacobian };
    });
  }

  async #gradients(
    points: readonly { readonly delta: Float64Array | null; readonly cotangents: Float32Array }[],
  ): Promise<{ logits: Float64Array; jacobian: Float64Array }[]> {
    const { classifier, x } = this.context;
    const [d, K, n] = [classifier.inputLength, classifier.classCount, this.#count];
    const inputs = new Float32Array(points.length * n * d);
    const weights = new Float32Array(points.reduce((sum, { cotangents }) => sum + n * cotangents.length, 0));
    let at = 0;
    for (const [p, { delta, cotangents }] of points.entries()) {
      for (let i = 0; i < n; i++) {
        const row = (p * n + i) * d;
        for (let j = 0; j < d; j++) {
          inputs[row + j] = (x[j] as number) + (delta?.[j] ?? 0) + (this.offsets[i * d + j] as number);
        }
        weights.set(cotangents, at);
        at += cotangents.length;
      }
    }
    const found = await classifier.gradients(inputs, weights);
    assertFinite(found.logits, 'logits');
    assertFinite(found.gradients, 'gradients');
    this.evaluations += points.length * n;
    this.gradients += weights.length / K;
    const rows = (points[0] as (typeof points)[number]).cotangents.length / K;
    return points.map((_, p) => ({
      logits: average(found.logits, p * n * K, n, K),
      jacobian: average(found.gradients, p * n * rows * d, n, rows * d),
    }));
  }
}

/** The mean of `count` consecutive rows of `length` values. */
function average(values: ArrayLike<number>, from: number, count: number, length: number): Float64Array {
  const mean = new Float64Array(length);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < length; j++) {
      mean[j] = (mean[j] as number) + (values[from + i * length + j] as number) / count;
    }
  }
  return mean;
}
