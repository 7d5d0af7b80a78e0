import { extent, scaleLinear } from 'd3';
import { useId, useRef } from 'react';
import { useWidth } from '../../../charts/use-width';
import { lessonStrings } from '../strings';
import { CopyMark } from './ClassMark';
import { type MarginGaussian, others } from './geometry';
import type { Point } from './model';

interface MarginPlaneProps {
  readonly copies: readonly { readonly logits: ArrayLike<number>; readonly called: number }[];
  readonly target: number;
  readonly gaussian: MarginGaussian;
  readonly words: string;
}

const LARGEST = 620;
const MARGIN = 26;
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
  const container = useRef<HTMLDivElement>(null);
  const clipId = useId();
  const size = Math.min(LARGEST, useWidth(container, 480));
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
  const x = scaleOf(0, [MARGIN, size]);
  const y = scaleOf(1, [size - MARGIN, 0]);
  const path = (ring: readonly Point[]): string => `M${ring.map(([a, b]) => `${x(a)},${y(b)}`).join('L')}Z`;
  const { margins, classNames } = lessonStrings;
  return (
    <figure className="plane-figure margin-figure">
      <div ref={container}>
        <svg
          className="plane-drawing"
          width={size}
          height={size}
          viewBox={`0 0 ${size} ${size}`}
          role="img"
          aria-label={words}
        >
          <clipPath id={clipId}>
            <rect x={MARGIN} y={0} width={size - MARGIN} height={size - MARGIN} rx={8} />
          </clipPath>
          <g clipPath={`url(#${clipId})`}>
            <rect className="margin-ground" x={MARGIN} y={0} width={size - MARGIN} height={size - MARGIN} />
            <rect className="margin-quarter" x={x(0)} y={0} width={Math.max(0, size - x(0))} height={y(0)} />
            <text className="margin-name" x={size - 10} y={20} textAnchor="end">
              {margins.quarter}
            </text>
            <g>
              {points.map(({ at, called }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: copies are known by their number
                <CopyMark key={i} x={x(at[0])} y={y(at[1])} lost={called !== target} />
              ))}
            </g>
            {[2, 1].map((k) => (
              <path key={k} className="margin-ellipse" d={path(ellipse(gaussian, k))} />
            ))}
            <circle className="margin-mean" cx={x(gaussian.mean[0])} cy={y(gaussian.mean[1])} r={5} />
          </g>
          <text className="plane-axis" x={(MARGIN + size) / 2} y={size - 7} textAnchor="middle">
            {margins.axis(classNames[one] ?? '')} →
          </text>
          <text
            className="plane-axis"
            transform={`translate(14,${(size - MARGIN) / 2}) rotate(-90)`}
            textAnchor="middle"
          >
            {margins.axis(classNames[other] ?? '')} →
          </text>
        </svg>
      </div>
    </figure>
  );
}
