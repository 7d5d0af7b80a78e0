import { expect, it } from 'vitest';
import { leftToRight, nearestPoint, placeAfterKey } from '../../../../src/app/charts/primitives/nearest';

const POINTS = [
  [30, 10],
  [10, 40],
  [10, 20],
  [80, 5],
] as const;

it('finds the point nearest to a place, if it is near enough', () => {
  expect(nearestPoint(POINTS, [28, 12], 14)).toBe(0);
  expect(nearestPoint(POINTS, [12, 33], 14)).toBe(1);
  expect(nearestPoint(POINTS, [12, 28], 14)).toBe(2);
  expect(nearestPoint(POINTS, [55, 60], 14)).toBe(-1);
  expect(nearestPoint([], [0, 0], 14)).toBe(-1);
});

it('goes through the points from left to right, and upwards where they lie above each other', () => {
  expect(leftToRight(POINTS)).toEqual([1, 2, 0, 3]);
});

it('keys lead to the next place, ten further on, or to an end, and never beyond', () => {
  const at = (key: string, place: number) => placeAfterKey(key, place, 25);
  expect(at('ArrowRight', 3)).toBe(4);
  expect(at('ArrowUp', 24)).toBe(24);
  expect(at('ArrowLeft', 0)).toBe(0);
  expect(at('PageUp', 3)).toBe(13);
  expect(at('PageDown', 3)).toBe(0);
  expect(at('Home', 20)).toBe(0);
  expect(at('End', 2)).toBe(24);
  expect(at('a', 3)).toBeUndefined();
  expect(placeAfterKey('End', 0, 0)).toBeUndefined();
});
