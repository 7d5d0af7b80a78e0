import type { Plot } from '../../../charts/primitives/Frame';

const LARGEST = 620;
/** For the titles of the axes. */
const MARGIN = 26;

/** Radius of the corners of a plane, in CSS pixels. */
export const PLANE_CORNERS = 8;

/** A square plot with room for the titles of its axes, in a drawing at most as wide as there is room. */
export function planePlot(room: number): Plot {
  const size = Math.min(LARGEST, room);
  return { width: size, height: size, left: MARGIN, right: size, top: 0, bottom: size - MARGIN };
}
