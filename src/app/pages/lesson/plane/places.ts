import type { StepId } from '../../../state/lesson-steps';
import type { Point } from './model';

/** Places on the plane that have something to show, each with a radius that shows it. */
export const PLACES = {
  shore: { point: [0.62, 0.194], sigma: 0.12 },
  island: { point: [0.76, 0.76], sigma: 0.12 },
  headland: { point: [0.27, 0.49], sigma: 0.1 },
  cape: { point: [0.27, 0.8], sigma: 0.16 },
  strait: { point: [0.73, 0.48], sigma: 0.1 },
} as const satisfies Readonly<Record<string, { readonly point: Point; readonly sigma: number }>>;
export type PlaceName = keyof typeof PLACES;

/** Where each step on the plane begins, and the places that it offers. */
export const STEP_PLACES: Readonly<Partial<Record<StepId, readonly [PlaceName, ...PlaceName[]]>>> = {
  average: ['shore', 'island'],
  sampling: ['strait', 'shore', 'island'],
  curve: ['strait', 'shore', 'headland', 'island'],
  taylor: ['shore', 'headland', 'cape', 'strait', 'island'],
  mmse: ['strait', 'shore', 'headland', 'cape'],
  margins: ['strait', 'shore', 'headland', 'island'],
};
