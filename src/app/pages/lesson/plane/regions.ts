import { contours } from 'd3';
import { CLASS_COUNT, logitsAt, type Point } from './model';

/** What the plane's figure shows: pictures of two pixels, and some room around, since noise is never clipped. */
export const VIEW = { min: -0.12, max: 1.12 } as const;
const CELLS = 100;
/** A hundredth of a pixel on a wide screen. */
const DIGITS = 5;

/** Where each class is called: polygons with holes, of points of the plane. */
export type Region = readonly (readonly (readonly Point[])[])[];

function compute(): readonly Region[] {
  const step = (VIEW.max - VIEW.min) / CELLS;
  const leads = Array.from({ length: CLASS_COUNT }, () => new Float64Array(CELLS * CELLS));
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      const logits = logitsAt([VIEW.min + (column + 0.5) * step, VIEW.min + (row + 0.5) * step]);
      const [first = 0, second = 0, third = 0] = logits;
      const cell = row * CELLS + column;
      for (const [k, lead] of leads.entries()) {
        const others = k === 0 ? Math.max(second, third) : Math.max(first, k === 1 ? third : second);
        lead[cell] = (logits[k] as number) - others;
      }
    }
  }
  const along = (cells: number): number => Number((VIEW.min + cells * step).toFixed(DIGITS));
  const toPlane = ([column = 0, row = 0]: number[]): Point => [along(column), along(row)];
  return leads.map((lead) => {
    const [region] = contours().size([CELLS, CELLS]).thresholds([0])(Array.from(lead));
    return (region?.coordinates ?? []).map((rings) => rings.map((ring) => ring.map(toPlane)));
  });
}

/** The regions of all classes, from the model itself: what that takes, the build has done before (build/evaluated.ts). */
export const REGIONS: readonly Region[] = compute();
