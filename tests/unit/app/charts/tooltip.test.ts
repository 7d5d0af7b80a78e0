import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tooltipPlace } from '../../../../src/app/charts/primitives/Tooltip';

const DRAWING = { width: 400, height: 300 };

it('a tooltip stands to the upper right of its point, and on the other side where there is no room', () => {
  const size = { width: 100, height: 40 };
  expect(tooltipPlace([100, 200], size, DRAWING)).toEqual([110, 150]);
  expect(tooltipPlace([350, 200], size, DRAWING)).toEqual([240, 150]);
  expect(tooltipPlace([100, 20], size, DRAWING)).toEqual([110, 30]);
});

it('a tooltip that fits into the drawing stays within it', () => {
  const place = fc.record({
    x: fc.double({ min: 0, max: DRAWING.width, noNaN: true }),
    y: fc.double({ min: 0, max: DRAWING.height, noNaN: true }),
    width: fc.integer({ min: 1, max: DRAWING.width }),
    height: fc.integer({ min: 1, max: DRAWING.height }),
  });
  fc.assert(
    fc.property(place, ({ x, y, width, height }) => {
      const [left, top] = tooltipPlace([x, y], { width, height }, DRAWING);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(DRAWING.width);
      expect(top + height).toBeLessThanOrEqual(DRAWING.height);
    }),
    { seed: 7 },
  );
});
