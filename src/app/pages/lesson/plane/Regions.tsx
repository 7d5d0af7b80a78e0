import { memo } from 'react';
import { lessonStrings } from '../strings';
import { ClassMark } from './ClassMark';
import type { Point } from './model';
import { REGIONS } from './regions';
import type { PlaneScale } from './scale';

/** Where the names of the classes stand. */
const NAMES: readonly Point[] = [
  [0.06, 1.05],
  [0.06, 0.06],
  [0.84, 0.83],
];

const sameScale = (a: { scale: PlaneScale }, b: { scale: PlaneScale }): boolean =>
  a.scale.size === b.scale.size;

/** The regions of the classes, with their names. */
export const Regions = memo(function Regions({ scale }: { readonly scale: PlaneScale }) {
  const ring = (points: readonly Point[]): string =>
    `M${points.map((point) => scale(point).join()).join('L')}Z`;
  return (
    <g>
      {REGIONS.map((region, k) => (
        <path
          key={lessonStrings.classes[k]}
          className={`region class-${k}`}
          d={region.flat().map(ring).join('')}
        />
      ))}
      {NAMES.map((point, k) => {
        const [x, y] = scale(point);
        return (
          <g key={lessonStrings.classes[k]}>
            <ClassMark k={k} x={x - 13} y={y - 5} r={5} />
            <text className={`region-name class-${k}`} x={x - 3} y={y}>
              {lessonStrings.classes[k]}
            </text>
          </g>
        );
      })}
    </g>
  );
}, sameScale);
