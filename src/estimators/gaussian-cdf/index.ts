export { type ChainIntegrator, gaussianCdfs } from './batch';
export { CorrelationError } from './errors';
export type { GaussianCdfOptions } from './integrate';
export { gaussianCdf, gaussianCdfInSteps } from './single';
