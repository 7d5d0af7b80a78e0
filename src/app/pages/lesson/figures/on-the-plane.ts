import type { ComponentType } from 'react';
import type { PlaneStep } from '../../../state/lesson-steps';
import AverageFigure from './AverageFigure';
import CurveFigure from './CurveFigure';
import MarginsFigure from './MarginsFigure';
import MmseFigure from './MmseFigure';
import SamplingFigure from './SamplingFigure';
import TaylorFigure from './TaylorFigure';

/** The figures of the steps on pictures of two pixels. */
export const ON_THE_PLANE: Readonly<Record<PlaneStep, ComponentType>> = {
  average: AverageFigure,
  sampling: SamplingFigure,
  curve: CurveFigure,
  taylor: TaylorFigure,
  mmse: MmseFigure,
  margins: MarginsFigure,
};
