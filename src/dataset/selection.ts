import * as v from 'valibot';
import { DataError } from '../data';
import { UniformSource } from '../statistics';

const count = v.pipe(
  v.number('is not a number'),
  v.safeInteger('is not a whole number'),
  v.minValue(1, 'is below 1'),
);

/** Which images of a data set are run. */
export const selectionSchema = v.variant('kind', [
  v.object({ kind: v.literal('all') }),
  v.object({ kind: v.literal('first'), count }),
  /** The same number of each class, drawn without replacement. */
  v.object({ kind: v.literal('per_class'), count, seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
]);

export type Selection = v.InferOutput<typeof selectionSchema>;

/**
 * Numbers of the selected images, ascending.
 * @throws DataError `missing` if there are fewer images, in all or of a class that occurs, than asked for.
 */
export function selectImages(labels: ArrayLike<number>, selection: Selection): number[] {
  const all = Array.from({ length: labels.length }, (_, i) => i);
  if (selection.kind === 'all') return all;
  if (selection.kind === 'first') {
    if (selection.count > all.length) {
      throw new DataError('missing', `The data hold ${all.length} images, not ${selection.count}.`);
    }
    return all.slice(0, selection.count);
  }
  const source = new UniformSource(selection.seed >>> 0);
  const classes = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  return classes
    .flatMap((label) => {
      const members = Uint32Array.from(all.filter((i) => labels[i] === label));
      if (members.length < selection.count) {
        throw new DataError(
          'missing',
          `Class ${label} has ${members.length} images, not ${selection.count}; ask for fewer of each class.`,
        );
      }
      return [...source.shuffle(members).subarray(0, selection.count)];
    })
    .sort((a, b) => a - b);
}
