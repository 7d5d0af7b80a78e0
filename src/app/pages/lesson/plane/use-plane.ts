import { useEffect, useMemo, useState } from 'react';
import type { AdversarialPoint } from '../../../../estimators/adversarial';
import type { Role } from '../../../../estimators/definition';
import { updateSettings, useStore } from '../../../state/store';
import { nextPaint } from '../../../ui/next-paint';
import { type Answers, estimatesOf, nearestOther } from './estimates';
import { calledAt, noisyCopies } from './geometry';
import type { Point } from './model';
import { PLACES, STEP_PLACES } from './places';

/** The picture of two pixels that is looked at, and its noise: from the link, or as the step begins. */
export interface PlaneState {
  readonly point: Point;
  readonly sigma: number;
  readonly seed: number;
  /** What the point is called. */
  readonly target: number;
}

export function usePlane(): PlaneState {
  const { step, point, noise, seed } = useStore((state) => state.settings);
  const start = PLACES[STEP_PLACES[step]?.[0] ?? 'strait'];
  const [x, y] = point ?? start.point;
  return useMemo(
    () => ({ point: [x, y], sigma: noise ?? start.sigma, seed, target: calledAt([x, y]) }),
    [x, y, noise, start, seed],
  );
}

const round = (value: number): number => Math.round(1000 * value) / 1000;

export function movePoint([x, y]: Point): void {
  const inside = (value: number): number => round(Math.min(1, Math.max(0, value)));
  updateSettings({ point: [inside(x), inside(y)] });
}

export const setNoise = (sigma: number): void => updateSettings({ noise: round(sigma) });

export function useCopies({ point, sigma, seed }: PlaneState, count: number) {
  return useMemo(() => noisyCopies(point, sigma, seed, count), [point, sigma, seed, count]);
}

/** The same each time, while what was found is of another question. */
const NOTHING: Answers = {};

/** The answers at the point of the estimators that have these roles, for one radius or several; none until they are there. */
export function usePlaneEstimates(
  roles: readonly Role[],
  { point, target, seed }: PlaneState,
  sigmas: readonly number[],
  samples: number,
): Answers {
  const [found, setFound] = useState<{ readonly of: string; readonly answers: Answers } | null>(null);
  const asked = JSON.stringify(roles);
  const radii = sigmas.join();
  const question = JSON.stringify([asked, radii, point, target, seed, samples]);
  useEffect(() => {
    const controller = new AbortController();
    const details = { point, target, sigmas: radii.split(',').map(Number), seed, samples };
    const estimate = async (): Promise<void> => {
      await nextPaint();
      if (controller.signal.aborted) return;
      const estimates = await estimatesOf(JSON.parse(asked) as Role[], details, controller.signal);
      if (estimates !== null && !controller.signal.aborted) setFound({ of: question, answers: estimates });
    };
    void estimate();
    return () => controller.abort();
  }, [asked, radii, point, target, seed, samples, question]);
  return found?.of === question ? found.answers : NOTHING;
}

/** The nearest point that is called another class; undefined while it is looked for. */
export function useNearest({ point, seed }: PlaneState): AdversarialPoint | null | undefined {
  const [nearest, setNearest] = useState<{ readonly of: string; readonly found: AdversarialPoint | null }>();
  const question = JSON.stringify([point, seed]);
  useEffect(() => {
    let wanted = true;
    void nearestOther(point, seed).then((found) => wanted && setNearest({ of: question, found }));
    return () => {
      wanted = false;
    };
  }, [point, seed, question]);
  return nearest?.of === question ? nearest.found : undefined;
}
