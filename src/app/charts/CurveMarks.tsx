import { area, curveMonotoneX, line } from 'd3';
import styles from './CurveMarks.module.css';
import type { CurvePoint, CurveSeries } from './curve';
import type { ProbabilityScale, ProbabilityScaleName } from './probability-scale';

/** Between an estimator and sampling, or between two models or pictures. */
export type GapKind = 'error' | 'comparison';

type Axis = (value: number) => number;

interface MarksProps {
  readonly series: CurveSeries;
  readonly faded: boolean;
  readonly x: Axis;
  readonly y: ProbabilityScale;
}

/** The style that gives a series its colour, which its parts read as `var(--colour)`. @param colour in CSS */
export const seriesColour = (colour: string): Record<string, string> => ({ '--colour': colour });

/** An invisible stroke that the pointer finds more easily than the line under it. */
export const Hit = ({ d }: { readonly d: string }) => <path className={styles.hit} d={d} />;

/** An analytical estimator: a monotone line through its computed points, on a wider one that is easy to point at. */
export function SeriesLine({ series, faded, x, y }: MarksProps) {
  const { id, colour, points } = series;
  const path = line<CurvePoint>(
    ({ sigma }) => x(sigma),
    ({ p }) => y(p),
  ).curve(curveMonotoneX);
  const d = path(points) ?? '';
  return (
    <g data-series={id} data-faded={faded} style={seriesColour(colour)}>
      <Hit d={d} />
      <path
        className={styles.line}
        data-part="line"
        data-compared={series.isCompared ?? false}
        data-series={id}
        d={d}
      />
    </g>
  );
}

/** A sampled estimator: a point with its interval at every radius. */
export function SeriesPoints({
  series,
  faded,
  x,
  y,
  scale,
}: MarksProps & { readonly scale: ProbabilityScaleName }) {
  return (
    <g
      data-part="points"
      data-compared={series.isCompared ?? false}
      data-series={series.id}
      data-faded={faded}
      style={seriesColour(series.colour)}
    >
      {series.points.map((point) => (
        <g key={point.sigma} transform={`translate(${x(point.sigma)},0)`}>
          <IntervalBar point={point} y={y} scale={scale} />
        </g>
      ))}
    </g>
  );
}

/** On the logit scale 0 and 1 lie at infinity: there a limit becomes an arrow and the point is left out. */
function IntervalBar({
  point: { p, lo, hi },
  y,
  scale,
}: {
  readonly point: CurvePoint;
  readonly y: ProbabilityScale;
  readonly scale: ProbabilityScaleName;
}) {
  const [low, high] = [y(lo ?? p), y(hi ?? p)];
  const openUp = scale === 'logit' && hi === 1;
  const openDown = scale === 'logit' && lo === 0;
  return (
    <>
      <Hit d={`M0,${low}V${high}`} />
      <path className={styles.bar} d={`M0,${low}V${high}`} />
      <path className={styles.bar} d={openDown ? `M-4,${low - 6}L0,${low}L4,${low - 6}` : `M-4,${low}h8`} />
      <path className={styles.bar} d={openUp ? `M-4,${high + 6}L0,${high}L4,${high + 6}` : `M-4,${high}h8`} />
      {!(openUp && p === 1) && !(openDown && p === 0) && <circle className={styles.point} cy={y(p)} r={4} />}
    </>
  );
}

/** The area between two series over the radii that both have, on the logit scale where both are finite. */
export function ShadedGap({
  between: [a, b],
  kind,
  x,
  y,
  scale,
}: {
  readonly between: readonly [CurveSeries, CurveSeries];
  readonly kind: GapKind;
  readonly x: Axis;
  readonly y: ProbabilityScale;
  readonly scale: ProbabilityScaleName;
}) {
  const isDrawn = (p: number): boolean => scale === 'linear' || (p > 0 && p < 1);
  const other = new Map(b.points.map(({ sigma, p }) => [sigma, p]));
  const shared = a.points.flatMap(({ sigma, p }) => {
    const q = other.get(sigma);
    return q !== undefined && isDrawn(p) && isDrawn(q) ? [{ sigma, p, q }] : [];
  });
  const path = area<(typeof shared)[number]>(
    ({ sigma }) => x(sigma),
    ({ p }) => y(p),
    ({ q }) => y(q),
  ).curve(curveMonotoneX);
  return <path className={styles.gap} data-kind={kind} d={path(shared) ?? ''} />;
}
