import { scaleLinear } from 'd3';
import type { PointerEvent, ReactNode } from 'react';
import { XAxis, YAxis } from '../../../charts/primitives/Axis';
import { Clip, Frame } from '../../../charts/primitives/Frame';
import { Legend } from '../../../charts/primitives/Legend';
import { pointWithin } from '../../../charts/primitives/pointer';
import { useWidth } from '../../../charts/primitives/use-width';
import { NOISE_RANGE } from '../../../state/settings';
import { lessonStrings } from '../strings';
import { CopyMark } from './ClassMark';
import { PlaneHandle, RingHandle } from './handles';
import type { Point } from './model';
import styles from './PlaneFigure.module.css';
import { PLANE_CORNERS, planePlot } from './plot';
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

/** The plane of all pictures with two pixels: regions of the classes, the picture, its noise. Point and ring can be moved. */
export function PlaneFigure({ plane, copies, words, children }: PlaneFigureProps) {
  const [container, width] = useWidth(480);
  const plot = planePlot(width);
  const scaleX = scaleLinear([VIEW.min, VIEW.max], [plot.left, plot.right]);
  const scaleY = scaleLinear([VIEW.min, VIEW.max], [plot.bottom, plot.top]);
  const unit = (plot.right - plot.left) / (VIEW.max - VIEW.min);
  const scale: PlaneScale = Object.assign(([x, y]: Point): Point => [scaleX(x), scaleY(y)], {
    unit,
    size: plot.width,
  });
  const toPlane = (event: PointerEvent<SVGElement>): Point => {
    const drawing = event.currentTarget.ownerSVGElement;
    if (drawing === null) return plane.point;
    const [x, y] = pointWithin(drawing, event, plot.width);
    return [scaleX.invert(x), scaleY.invert(y)];
  };
  const [left, bottom] = scale([0, 0]);
  const [right, top] = scale([1, 1]);
  const [cx, cy] = scale(plane.point);
  return (
    <figure>
      <Frame container={container} plot={plot} label={words} role="group" pointer="handles">
        <Clip plot={plot} radius={PLANE_CORNERS}>
          <Regions scale={scale} />
          <rect className={styles.frame} x={left} y={top} width={right - left} height={bottom - top} />
          {children?.(scale)}
          {[1, 2].map((count) => (
            <circle key={count} className={styles.ring} cx={cx} cy={cy} r={count * plane.sigma * unit} />
          ))}
          <g>
            {copies.map(({ at, called }, i) => {
              const [x, y] = scale(at);
              // biome-ignore lint/suspicious/noArrayIndexKey: copies are known by their number
              return <CopyMark key={i} x={x} y={y} lost={called !== plane.target} />;
            })}
          </g>
        </Clip>
        <XAxis
          plot={plot}
          ticks={[]}
          title={`${lessonStrings.plane.axes.x} →`}
          titleAt={(left + right) / 2}
          hasLine={false}
        />
        <YAxis plot={{ ...plot, top, bottom }} ticks={[]} title={`${lessonStrings.plane.axes.y} →`} />
        <RingHandle
          at={[cx + plane.sigma * unit, cy]}
          onMove={(event) => {
            const [x, y] = toPlane(event);
            const radius = Math.hypot(x - plane.point[0], y - plane.point[1]);
            setNoise(Math.min(NOISE_RANGE.max, Math.max(NOISE_RANGE.min, radius)));
          }}
        />
        <PlaneHandle plane={plane} at={[cx, cy]} onMove={(event) => movePoint(toPlane(event))} />
      </Frame>
      {copies.length > 0 && <CopiesLegend />}
    </figure>
  );
}

function CopiesLegend() {
  const { legend } = lessonStrings.plane;
  return (
    <figcaption className={styles.legend}>
      <Legend
        items={[false, true].map((lost) => ({
          key: String(lost),
          mark: (
            <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden="true">
              <CopyMark x={7} y={7} lost={lost} />
            </svg>
          ),
          text: lost ? legend.lost : legend.kept,
        }))}
      />
    </figcaption>
  );
}
