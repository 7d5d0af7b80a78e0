/** What the study compares, and on what. */

/** Radii of each model, from where most images are hardly ever lost to where most are lost more often than not. */
export const MODELS = [
  { id: 'mnist-mlp', sigmas: [0.15, 0.25, 0.45, 0.9] },
  { id: 'mnist-cnn', sigmas: [0.2, 0.35, 0.5, 0.85] },
] as const;

/** Ranges of p_robust, each without its lower end; the last reaches as far as the truth can be told. */
export const RANGES = [
  [0, 0.5],
  [0.5, 0.9],
  [0.9, 0.99],
  [0.99, 0.999],
] as const;

/** Noisy copies behind each truth. */
export const TRUTH_SAMPLES = 100_000;
/** A seed that no estimate uses: estimates are seeded by image and repetition. */
export const TRUTH_SEED = 2 ** 40;
/** Where fewer copies fail, the truth itself is too uncertain for a score. */
export const LEAST_FAILURES = 1e-3;
/** Copies after which a case without a failure is left unscored: at the least rate scored, ten of them would fail. */
export const HOPELESS_SAMPLES = 10_000;

/** Forward passes that an estimate costs, with a gradient counted for two: a Jacobian of K rows is 2K + 1. */
export const costOf = ({ evaluations, gradients }: { evaluations: number; gradients: number }): number =>
  evaluations + 2 * gradients;
