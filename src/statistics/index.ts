export { meanBinomialError } from './binomial-error';
export {
  type BootstrapOptions,
  bootstrap,
  bootstrapMean,
  type Interval,
  percentileLimits,
} from './bootstrap';
export { type BoundedMeanOptions, boundedMean } from './bounded-mean';
export { pearson, ranks, spearman } from './correlation';
export { holm } from './holm';
export { type PairTests, pairTestsByMaximum } from './max-t';
export { mean, quantileSorted, squaredDeviations } from './moments';
export { type PairTest, pairTests, valuesOfGroup } from './pairs';
export { betweenGroups, type Grouped, type PermutationOptions, permutationTest } from './permutation';
export { UniformSource } from './random';
