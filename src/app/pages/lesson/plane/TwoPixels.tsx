import { lessonStrings } from '../strings';
import type { Point } from './model';

/** What the picture of two pixels looks like. */
export function TwoPixels({ point: [left, right] }: { readonly point: Point }) {
  const grey = (value: number): string =>
    `rgb(${[value, value, value].map((v) => Math.round(255 * v)).join()})`;
  return (
    <svg
      className="two-pixels"
      viewBox="0 0 2 1"
      role="img"
      aria-label={lessonStrings.plane.swatch(left.toFixed(2), right.toFixed(2))}
    >
      <rect width={1} height={1} fill={grey(left)} />
      <rect x={1} width={1} height={1} fill={grey(right)} />
    </svg>
  );
}
