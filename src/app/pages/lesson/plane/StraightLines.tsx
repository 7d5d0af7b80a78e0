import { useId } from 'react';
import { boundaryWithin, type HalfPlane, intersection } from './half-planes';
import { VIEW } from './regions';
import type { PlaneScale } from './scale';

interface StraightLinesProps {
  readonly scale: PlaneScale;
  readonly halfPlanes: readonly HalfPlane[];
  /** Those of single copies: thin, without polygon. */
  readonly thin?: boolean;
  /** For comparison: dashed, without polygon. */
  readonly dashed?: boolean;
}

/** Straightened boundaries, and the polygon in which all margins are positive, hatched. */
export function StraightLines({ scale, halfPlanes, thin = false, dashed = false }: StraightLinesProps) {
  const hatch = useId();
  const polygon = thin || dashed ? [] : intersection(halfPlanes, VIEW);
  return (
    <g>
      {polygon.length > 2 && (
        <>
          <pattern
            id={hatch}
            width={9}
            height={9}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line className="hatch" x1={0} y1={0} x2={0} y2={9} />
          </pattern>
          <polygon
            className="straight-polygon"
            points={polygon.map((point) => scale(point).join()).join(' ')}
            fill={`url(#${hatch})`}
          />
        </>
      )}
      {halfPlanes.map((halfPlane, i) => {
        const ends = boundaryWithin(halfPlane, VIEW);
        if (ends === null) return null;
        const [[x1, y1], [x2, y2]] = [scale(ends[0]), scale(ends[1])];
        return (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: known by their place
            key={i}
            className={`straight-line class-${halfPlane.against}`}
            data-thin={thin || undefined}
            data-dashed={dashed || undefined}
            x1={x1}
            y1={y1}
            x2={x2}
            y2={y2}
          />
        );
      })}
    </g>
  );
}
