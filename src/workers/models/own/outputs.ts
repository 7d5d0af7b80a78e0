import { EngineError } from '../../errors';
import type { Head } from './topology';

/** How what a network gives becomes logits. */
export type OutputForm = 'logits' | 'two_classes' | 'log_probabilities';

export interface Outputs {
  readonly form: OutputForm;
  readonly classCount: number;
  /** Each output is a row already, not [1, 1, K]. */
  readonly areRows: boolean;
}

/** Sums of float32 probabilities lie closer to 1 than this, even of a thousand. */
const SUM_TOLERANCE = 1e-3;

/**
 * From what a network without its head gave for a few inputs.
 * @param shape of the outputs, the batch first. Throws EngineError model_unsupported or model_output.
 */
export function readOutputs(values: ArrayLike<number>, shape: readonly number[], head: Head): Outputs {
  const [rows = 0, ...rest] = shape;
  const classCount = rest.at(-1) ?? 1;
  if (rest.length === 0 || rest.slice(0, -1).some((size) => size !== 1)) {
    throw new EngineError(
      'model_unsupported',
      `This network gives ${rest.join(' x ') || 'one'} numbers for a picture, where a classifier gives one a class.`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new EngineError(
      'model_output',
      `The network gives ${values[i]} for a grey, noisy picture: its weights are damaged, or the value range is not the one it was trained with.`,
    );
  }
  const areRows = rest.length === 1;
  if (classCount === 1) {
    if (head === 'sigmoid') return { form: 'two_classes', classCount: 2, areRows };
    throw new EngineError(
      'model_unsupported',
      'This network has one output, and robustness needs at least two classes to choose from; a single output is understood only if it ends in a sigmoid.',
    );
  }
  const isRecovered = head === 'none' && areProbabilities(values, rows, classCount);
  return { form: isRecovered ? 'log_probabilities' : 'logits', classCount, areRows };
}

function areProbabilities(values: ArrayLike<number>, rows: number, classCount: number): boolean {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let k = 0; k < classCount; k++) {
      const value = values[row * classCount + k] as number;
      if (value < 0 || value > 1 + SUM_TOLERANCE) return false;
      sum += value;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) return false;
  }
  return true;
}

/** What was done to a network, in sentences for the person who brought it. */
export function wordsOn(head: Head, form: OutputForm, mended: boolean): string[] {
  const words: string[] = [];
  if (form === 'two_classes') {
    words.push(
      'The single sigmoid output is read as two classes: the second is called where it is above one half.',
    );
  } else if (head === 'softmax') {
    words.push(
      'The softmax at its end was taken off: estimators work on the logits before it, and the predicted class is the same.',
    );
  } else if (head === 'sigmoid') {
    words.push(
      'The sigmoid at its end was taken off: the class with the largest output is called, which stays the same.',
    );
  }
  if (form === 'log_probabilities') {
    words.push(
      'Its outputs are probabilities whose softmax could not be taken off, so their logarithms serve as logits; two of them that float32 rounds to the same number count as a tie, which is not the class asked for.',
    );
  }
  if (mended) words.push('Keras 3 wrote it in a form of its own, which was translated.');
  return words;
}
