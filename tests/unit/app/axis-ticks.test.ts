import { scaleLog } from 'd3';
import { expect, it } from 'vitest';
import { axisTicks } from '../../../src/app/charts/CurveAxes';

const ticksOn = (min: number, max: number, width: number): number[] =>
  axisTicks(min, max, scaleLog([min, max], [0, width]));

it('gives as many ticks as have room', () => {
  expect(ticksOn(0.19, 2.1, 600)).toEqual([0.2, 0.3, 0.5, 0.7, 1, 2]);
  expect(ticksOn(0.0076, 0.59, 640)).toEqual([0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.2, 0.3, 0.5]);
  expect(ticksOn(0.0076, 0.59, 270)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5]);
  expect(ticksOn(0.0076, 0.59, 180)).toEqual([0.01, 0.03, 0.1, 0.3]);
  expect(ticksOn(0.001, 10, 200)).toEqual([0.001, 0.01, 0.1, 1, 10]);
});
