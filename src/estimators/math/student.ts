import { regularizedBeta } from './beta';

/** P(T > t) for Student's t with the given degrees of freedom, t >= 0. Source: DLMF 8.17; Abramowitz and Stegun 26.7.1. */
export function studentUpperTail(t: number, degrees: number): number {
  if (t === Number.POSITIVE_INFINITY) return 0;
  return 0.5 * regularizedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}
