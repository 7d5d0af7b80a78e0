import { extent, scaleLinear } from 'd3';
import { XAxis, YAxis } from '../../../charts/primitives/Axis';
import { Clip, Frame } from '../../../charts/primitives/Frame';
import { useWidth } from '../../../charts/primitives/use-width';
import { lessonStrings } from '../strings';
import { CopyMark } from './ClassMark';
import { type MarginGaussian, others } from './geometry';
import styles from './MarginPlane.module.css';
import type { Point } from './model';
import { PLANE_CORNERS, planePlot } from './plot';

interface MarginPlaneProps {
  readonly copies: readonly { readonly logits: ArrayLike<number>; readonly called: number }[];
  readonly target: number;
  readonly gaussian: MarginGaussian;
  readonly words: string;
}

const SIDES = 64;

/** The points at k standard deviations, by the lower triangular root of the covariance. */
function ellipse({ mean, covariance: [a, b, ab] }: MarginGaussian, k: number): Point[] {
  const first = Math.sqrt(Math.max(0, a));
  const slope = first === 0 ? 0 : ab / first;
  const second = Math.sqrt(Math.max(0, b - slope * slope));
  return Array.from({ length: SIDES }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / SIDES;
    const [u, v] = [k * Math.cos(angle), k * Math.sin(angle)];
    return [mean[0] + first * u, mean[1] + slope * u + second * v];
  });
}

/** Noisy copies by their two margins, the quarter in which the class is kept, and a Gaussian at 1 and 2 deviations. */
export function MarginPlane({ copies, target, gaussian, words }: MarginPlaneProps) {
  const [container, width] = useWidth(480);
  const plot = planePlot(width);
  const [one = 0, other = 0] = others(target);
  const points = copies.map(({ logits, called }) => ({
    at: [
      (logits[target] as number) - (logits[one] as number),
      (logits[target] as number) - (logits[other] as number),
    ] as Point,
    called,
  }));
  const scaleOf = (axis: 0 | 1, range: [number, number]) => {
    const [low = 0, high = 0] = extent([...points.map(({ at }) => at[axis]), 0]);
    const room = 0.12 * (high - low || 1);
    return scaleLinear([low - room, high + room], range);
  };
  const x = scaleOf(0, [plot.left, plot.right]);
  const y = scaleOf(1, [plot.bottom, plot.top]);
  const path = (ring: readonly Point[]): string => `M${ring.map(([a, b]) => `${x(a)},${y(b)}`).join('L')}Z`;
  const { margins, classNames } = lessonStrings;
  return (
    <figure>
      <Frame container={container} plot={plot} label={words} pointer="handles">
        <Clip plot={plot} radius={PLANE_CORNERS}>
          <rect className={styles.ground} x={plot.left} y={0} width={plot.right} height={plot.bottom} />
          <rect
            className={styles.quarter}
            x={x(0)}
            y={0}
            width={Math.max(0, plot.right - x(0))}
            height={y(0)}
          />
          <text x={plot.right - 10} y={20} textAnchor="end">
            {margins.quarter}
          </text>
          <g>
            {points.map(({ at, called }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: copies are known by their number
              <CopyMark key={i} x={x(at[0])} y={y(at[1])} lost={called !== target} />
            ))}
          </g>
          {[2, 1].map((k) => (
            <path key={k} className={styles.ellipse} d={path(ellipse(gaussian, k))} />
          ))}
          <circle className={styles.mean} cx={x(gaussian.mean[0])} cy={y(gaussian.mean[1])} r={5} />
        </Clip>
        <XAxis plot={plot} ticks={[]} title={`${margins.axis(classNames[one] ?? '')} →`} hasLine={false} />
        <YAxis plot={plot} ticks={[]} title={`${margins.axis(classNames[other] ?? '')} →`} />
      </Frame>
    </figure>
  );
}
