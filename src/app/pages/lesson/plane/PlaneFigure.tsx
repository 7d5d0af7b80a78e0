import { scaleLinear } from 'd3';
import { type ReactNode, useId, useRef } from 'react';
import { pointWithin } from '../../../charts/pointer';
import { useWidth } from '../../../charts/use-width';
import { NOISE_RANGE } from '../../../state/settings';
import { lessonStrings } from '../strings';
import { CopyMark } from './ClassMark';
import { PlaneHandle, RingHandle } from './handles';
import type { Point } from './model';
import { Regions } from './Regions';
import { VIEW } from './regions';
import type { PlaneScale } from './scale';
import { movePoint, type PlaneState, setNoise } from './use-plane';

export interface PlaneFigureProps {
  readonly plane: PlaneState;
  /** Noisy copies that are shown. */
  readonly copies: readonly { readonly at: Point; readonly called: number }[];
  /** What is in the figure, for somebody who does not see it. */
  readonly words: string;
  /** Drawn between the regions and the copies. */
  readonly children?: (scale: PlaneScale) => ReactNode;
}

const LARGEST = 620;
const MARGIN = 26;

/** The plane of all pictures with two pixels: regions of the classes, the picture, its noise. Point and ring can be moved. */
export function PlaneFigure({ plane, copies, words, children }: PlaneFigureProps) {
  const container = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const size = Math.min(LARGEST, useWidth(container, 480));
  const clipId = useId();
  const axis = scaleLinear([VIEW.min, VIEW.max], [0, size - MARGIN]);
  const unit = (size - MARGIN) / (VIEW.max - VIEW.min);
  const scale: PlaneScale = Object.assign(
    ([x, y]: Point): Point => [MARGIN + axis(x), size - MARGIN - axis(y)],
    { unit, size },
  );
  const toPlane = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    if (svg.current === null) return plane.point;
    const [x, y] = pointWithin(svg.current, { clientX, clientY }, size);
    return [axis.invert(x - MARGIN), axis.invert(size - MARGIN - y)];
  };
  const [left, bottom] = scale([0, 0]);
  const [right, top] = scale([1, 1]);
  const [cx, cy] = scale(plane.point);
  return (
    <figure className="plane-figure">
      <div ref={container}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing with handles in it is a group, not a fieldset */}
        <svg
          ref={svg}
          className="plane-drawing"
          width={size}
          height={size}
          viewBox={`0 0 ${size} ${size}`}
          role="group"
          aria-label={words}
        >
          <clipPath id={clipId}>
            <rect x={MARGIN} y={0} width={size - MARGIN} height={size - MARGIN} rx={8} />
          </clipPath>
          <g clipPath={`url(#${clipId})`}>
            <Regions scale={scale} />
            <rect className="plane-frame" x={left} y={top} width={right - left} height={bottom - top} />
            {children?.(scale)}
            {[1, 2].map((count) => (
              <circle key={count} className="noise-ring" cx={cx} cy={cy} r={count * plane.sigma * unit} />
            ))}
            <g>
              {copies.map(({ at, called }, i) => {
                const [x, y] = scale(at);
                // biome-ignore lint/suspicious/noArrayIndexKey: copies are known by their number
                return <CopyMark key={i} x={x} y={y} lost={called !== plane.target} />;
              })}
            </g>
          </g>
          <text className="plane-axis" x={(left + right) / 2} y={size - 7} textAnchor="middle">
            {lessonStrings.plane.axes.x} →
          </text>
          <text
            className="plane-axis"
            transform={`translate(14,${(top + bottom) / 2}) rotate(-90)`}
            textAnchor="middle"
          >
            {lessonStrings.plane.axes.y} →
          </text>
          <RingHandle
            at={[cx + plane.sigma * unit, cy]}
            onMove={(event) => {
              const [x, y] = toPlane(event);
              const radius = Math.hypot(x - plane.point[0], y - plane.point[1]);
              setNoise(Math.min(NOISE_RANGE.max, Math.max(NOISE_RANGE.min, radius)));
            }}
          />
          <PlaneHandle plane={plane} at={[cx, cy]} onMove={(event) => movePoint(toPlane(event))} />
        </svg>
      </div>
      {copies.length > 0 && <CopiesLegend />}
    </figure>
  );
}

function CopiesLegend() {
  const { legend } = lessonStrings.plane;
  return (
    <figcaption className="plane-legend">
      {[false, true].map((lost) => (
        <span key={String(lost)}>
          <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden="true">
            <CopyMark x={7} y={7} lost={lost} />
          </svg>
          {lost ? legend.lost : legend.kept}
        </span>
      ))}
    </figcaption>
  );
}
