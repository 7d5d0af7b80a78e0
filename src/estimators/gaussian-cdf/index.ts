export { type ChainIntegrator, type GaussianCdfProblem, gaussianCdfs } from './batch';
export { CorrelationError } from './errors';
export type { GaussianCdfOptions, GaussianCdfResult } from './integrate';
export { gaussianCdf, gaussianCdfInSteps } from './single';
