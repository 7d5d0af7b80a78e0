import { scaleLinear, scaleLog } from 'd3';
import { expect, it } from 'vitest';
import { decadeTicks, linearTicks, logTicks, ticksApart } from '../../../../src/app/charts/primitives/ticks';

const ticksOn = (min: number, max: number, width: number): number[] =>
  logTicks(scaleLog([min, max], [0, width])).map(({ text }) => Number(text));

it('gives as many ticks as have room', () => {
  expect(ticksOn(0.19, 2.1, 600)).toEqual([0.2, 0.3, 0.5, 0.7, 1, 2]);
  expect(ticksOn(0.0076, 0.59, 640)).toEqual([0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.2, 0.3, 0.5]);
  expect(ticksOn(0.0076, 0.59, 270)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5]);
  expect(ticksOn(0.0076, 0.59, 180)).toEqual([0.01, 0.03, 0.1, 0.3]);
  expect(ticksOn(0.001, 10, 200)).toEqual([0.001, 0.01, 0.1, 1, 10]);
});

it('a tick stands at every power of ten of the domain, its ends included', () => {
  const ticks = decadeTicks(scaleLog([1, 1000], [0, 300]), (value) => `${value} copies`);
  expect(ticks.map(({ text }) => text)).toEqual(['1 copies', '10 copies', '100 copies', '1000 copies']);
  expect(ticks.at(1)?.at).toBeCloseTo(100, 9);
  expect(decadeTicks(scaleLog([20, 80], [0, 300]))).toEqual([]);
});

it('linear ticks have the digits that tell them apart', () => {
  const ticks = linearTicks(scaleLinear([0.98, 1], [0, 100]), 4);
  expect(ticks.map(({ text }) => text)).toEqual(['0.980', '0.985', '0.990', '0.995', '1.000']);
});

it('of ticks too close to each other those at the right end are kept', () => {
  const ticks = [0, 30, 70, 90, 100].map((at) => ({ at, text: String(at) }));
  expect(ticksApart(ticks, 30).map(({ at }) => at)).toEqual([0, 30, 70, 100]);
});
