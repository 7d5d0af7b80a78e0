import { lazy, Suspense, startTransition, useEffect, useState } from 'react';
import { nextPaint } from '../common/next-paint';
import { messageOf } from '../session/problem';
import { strings } from '../strings';
import { isEngineStep, type PlaneStep, type StepId } from './steps';

const EngineFigure = lazy(() => import('./figures/EngineFigure'));

const Waiting = () => <p className="hint figure-waiting">{strings.views.loading}</p>;

type Figures = typeof import('./figures/on-the-plane').ON_THE_PLANE;
let loaded: Figures | null = null;

/** Comes after the text, which can be read meanwhile. Not by Suspense, which would hold it back for 300 ms. */
function PlaneStepFigure({ step }: { readonly step: PlaneStep }) {
  const [figures, setFigures] = useState<Figures | null>(loaded);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (loaded !== null) return;
    const load = async (): Promise<void> => {
      await nextPaint();
      const { ON_THE_PLANE } = await import('./figures/on-the-plane');
      loaded = ON_THE_PLANE;
      // In slices: the text is being read.
      startTransition(() => setFigures(ON_THE_PLANE));
    };
    load().catch((error: unknown) => setProblem(messageOf(error)));
  }, []);
  const Figure = figures?.[step];
  if (Figure !== undefined) return <Figure />;
  return problem === null ? <Waiting /> : <p role="alert">{problem}</p>;
}

/** The figure of a step; those that run the engine are loaded when they are reached. */
export function StepFigure({ step }: { readonly step: StepId }) {
  if (!isEngineStep(step)) return <PlaneStepFigure step={step} />;
  return (
    <Suspense fallback={<Waiting />}>
      <EngineFigure step={step} />
    </Suspense>
  );
}
