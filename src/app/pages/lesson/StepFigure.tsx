import { startTransition, useEffect, useState } from 'react';
import { useErrorBoundary } from 'react-error-boundary';
import { isEngineStep, type PlaneStep, type StepId } from '../../state/lesson-steps';
import { strings } from '../../strings';
import { Guard } from '../../ui/Guard';
import { fetchPart, lazyPart } from '../../ui/lazy-part';
import { nextPaint } from '../../ui/next-paint';

const Waiting = () => <p className="hint figure-waiting">{strings.views.loading}</p>;

const EngineFigure = lazyPart(() => import('./figures/EngineFigure'), <Waiting />);

type Figures = typeof import('./figures/on-the-plane').ON_THE_PLANE;
let loaded: Figures | null = null;

/** Comes after the text, which can be read meanwhile. Not by Suspense, which would hold it back for 300 ms. */
function PlaneStepFigure({ step }: { readonly step: PlaneStep }) {
  const [figures, setFigures] = useState<Figures | null>(loaded);
  const { showBoundary } = useErrorBoundary();
  useEffect(() => {
    if (loaded !== null) return;
    const load = async (): Promise<void> => {
      await nextPaint();
      const { ON_THE_PLANE } = await fetchPart(() => import('./figures/on-the-plane'));
      loaded = ON_THE_PLANE;
      // In slices: the text is being read.
      startTransition(() => setFigures(ON_THE_PLANE));
    };
    load().catch(showBoundary);
  }, [showBoundary]);
  const Figure = figures?.[step];
  return Figure === undefined ? <Waiting /> : <Figure />;
}

/** The figure of a step; those that run the engine are loaded when they are reached. */
export function StepFigure({ step }: { readonly step: StepId }) {
  if (isEngineStep(step)) return <EngineFigure step={step} />;
  return (
    <Guard>
      <PlaneStepFigure step={step} />
    </Guard>
  );
}
