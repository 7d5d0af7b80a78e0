import { type ComponentType, lazy, Suspense } from 'react';
import { strings } from '../strings';
import AverageFigure from './figures/AverageFigure';
import CurveFigure from './figures/CurveFigure';
import MarginsFigure from './figures/MarginsFigure';
import MmseFigure from './figures/MmseFigure';
import SamplingFigure from './figures/SamplingFigure';
import TaylorFigure from './figures/TaylorFigure';
import { type EngineStep, isEngineStep, type StepId } from './steps';

const EngineFigure = lazy(() => import('./figures/EngineFigure'));

const ON_THE_PLANE: Readonly<Record<Exclude<StepId, EngineStep>, ComponentType>> = {
  average: AverageFigure,
  sampling: SamplingFigure,
  curve: CurveFigure,
  taylor: TaylorFigure,
  mmse: MmseFigure,
  margins: MarginsFigure,
};

/** The figure of a step; those that run the engine are loaded when they are reached. */
export function StepFigure({ step }: { readonly step: StepId }) {
  if (isEngineStep(step)) {
    return (
      <Suspense fallback={<p className="hint">{strings.views.loading}</p>}>
        <EngineFigure step={step} />
      </Suspense>
    );
  }
  const Figure = ON_THE_PLANE[step];
  return <Figure />;
}
