import type { Question } from '../state/question';
import type { SweepData } from './sweep-data';

/** A question whose class is known: the one asked for, or the one predicted. */
export interface TargetQuestion extends Question {
  readonly target: number;
}

/** The same question with the class that its sweep is about; null until that is known. */
export function withTarget(
  question: Question | null,
  { prediction }: Pick<SweepData, 'prediction'>,
): TargetQuestion | null {
  return question === null || prediction === null ? null : { ...question, target: prediction.target };
}
