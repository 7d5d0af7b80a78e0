import { quantile, robustDeviation } from './statistics';
import type { Plane } from './types';

/** What the ink lies on: a grey level that may change linearly across the picture, and its grain. */
export interface Paper {
  /** The level at pixel (x, y). */
  level(x: number, y: number): number;
  /** The standard deviation of the border around that level. */
  readonly grain: number;
}

/** Below this size a slope could not be told from the ink. */
const MIN_SLOPED_SIZE = 16;
const ITERATIONS = 5;
/** Border pixels further away than this many deviations are ink, a shadow or dirt. */
const OUTLIER_DEVIATIONS = 3;
/** Rounding of 8-bit values, in grey levels from 0 to 1: no pixel nearer than this is an outlier. */
const MIN_OUTLIER_DISTANCE = 2 / 255;

/**
 * Estimates the paper from the picture's border, on which there is little ink: the median, then a plane
 * fitted repeatedly to the pixels close to the last estimate, for paper that is lit from one side.
 */
export function estimatePaper(grey: Plane): Paper {
  const border = borderOf(grey);
  const median = quantile(border.values.slice(), 0.5);
  let plane: Slope = { centre: median, right: 0, down: 0 };
  if (Math.min(grey.width, grey.height) >= MIN_SLOPED_SIZE) {
    for (let i = 0; i < ITERATIONS; i++) plane = refit(border, plane) ?? plane;
  }
  const unit = unitCoordinates(grey);
  return {
    level: (x, y) => plane.centre + plane.right * unit.x(x) + plane.down * unit.y(y),
    grain: robustDeviation(residualsOf(border, plane)),
  };
}

/** A plane over coordinates from -1 to 1. */
interface Slope {
  readonly centre: number;
  readonly right: number;
  readonly down: number;
}

interface Border {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly values: Float32Array;
}

function unitCoordinates({ width, height }: Plane) {
  return {
    x: (x: number) => (2 * x - (width - 1)) / Math.max(width - 1, 1),
    y: (y: number) => (2 * y - (height - 1)) / Math.max(height - 1, 1),
  };
}

function borderOf(grey: Plane): Border {
  const { width, height, data } = grey;
  const unit = unitCoordinates(grey);
  const xs: number[] = [];
  const ys: number[] = [];
  const values: number[] = [];
  for (let y = 0; y < height; y++) {
    const wholeRow = y === 0 || y === height - 1;
    for (let x = 0; x < width; x += wholeRow ? 1 : Math.max(width - 1, 1)) {
      xs.push(unit.x(x));
      ys.push(unit.y(y));
      values.push(data[y * width + x] as number);
    }
  }
  return { xs: Float32Array.from(xs), ys: Float32Array.from(ys), values: Float32Array.from(values) };
}

function residualsOf({ xs, ys, values }: Border, plane: Slope): Float32Array {
  return values.map(
    (value, i) => value - plane.centre - plane.right * (xs[i] as number) - plane.down * (ys[i] as number),
  );
}

/** Least squares over the inliers; undefined if they lie along one side only, where a slope is unknown. */
function refit(border: Border, plane: Slope): Slope | undefined {
  const residuals = residualsOf(border, plane);
  const limit = Math.max(OUTLIER_DEVIATIONS * robustDeviation(residuals), MIN_OUTLIER_DISTANCE);
  let n = 0;
  let [sx, sy, sxx, sxy, syy, sr, sxr, syr] = [0, 0, 0, 0, 0, 0, 0, 0];
  residuals.forEach((r, i) => {
    if (Math.abs(r) > limit) return;
    const x = border.xs[i] as number;
    const y = border.ys[i] as number;
    n += 1;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
    sr += r;
    sxr += x * r;
    syr += y * r;
  });
  // Centred normal equations for the correction of the plane.
  const vxx = sxx - (sx * sx) / n;
  const vyy = syy - (sy * sy) / n;
  const vxy = sxy - (sx * sy) / n;
  const determinant = vxx * vyy - vxy * vxy;
  if (!(determinant > 1e-3 * n * n)) return undefined;
  const vxr = sxr - (sx * sr) / n;
  const vyr = syr - (sy * sr) / n;
  const right = (vyy * vxr - vxy * vyr) / determinant;
  const down = (vxx * vyr - vxy * vxr) / determinant;
  return {
    centre: plane.centre + (sr - right * sx - down * sy) / n,
    right: plane.right + right,
    down: plane.down + down,
  };
}
