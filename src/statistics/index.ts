export { meanBinomialError } from './binomial-error';
export {
  bootstrap,
  bootstrapMean,
  type Interval,
  percentileLimits,
} from './bootstrap';
export { boundedMean } from './bounded-mean';
export { pearson, ranks, spearman } from './correlation';
export { holm } from './holm';
export { type PairTests, pairTestsByMaximum } from './max-t';
export { mean, quantileSorted, squaredDeviations } from './moments';
export { pairTests, valuesOfGroup } from './pairs';
export { betweenGroups, type Grouped, permutationTest } from './permutation';
export { UniformSource } from './random';
