import type { ModelFacts } from '../../workers/models/card';
import type { AppState, ImageSource, Sample } from './store';

/** Which pictures suit a model. */

type Card = Pick<ModelFacts, 'dataset' | 'input'>;

/** The samples of the model's data set; for one without any, those that look like its input. */
export function samplesFor(card: Card, samples: readonly Sample[]): readonly Sample[] {
  const ofSet = (name: string): Sample[] => samples.filter(({ dataset }) => dataset === name);
  const own = ofSet(card.dataset.name);
  if (own.length > 0) return own;
  const alike = ofSet(card.input.shape[2] === 1 ? 'MNIST' : 'CIFAR-10');
  return alike.length > 0 ? alike : samples;
}

/** The unpacked data sets whose images are inputs of the model as they are, those of its own name first. */
export function testSetsFor(card: Card, sets: AppState['testSets']): AppState['testSets'] {
  const fitting = sets.filter(({ shape }) => shape.join() === card.input.shape.join());
  const isOwn = ({ name }: { name: string }): number => Number(name === card.dataset.name);
  return fitting.toSorted((a, b) => isOwn(b) - isOwn(a));
}

/** Whether the drawing pad makes something that the model knows. */
export function takesDrawings(card: Card): boolean {
  return card.input.preparation === 'mnist';
}

/** Whether a picture may stay when this model takes the place of another; a person's own file always may. */
export function suits(source: ImageSource, card: Card, samples: readonly Sample[]): boolean {
  switch (source.kind) {
    case 'sample':
      return samplesFor(card, samples).includes(source.sample);
    case 'data':
      return testSetsFor(card, [source.set]).length > 0;
    case 'drawing':
      return takesDrawings(card);
    case 'file':
      return true;
  }
}

/** Characters of a hash that tell a picture from every other that somebody is likely to try. */
const OWN_HASH = 12;
const OWN = 'own:';

/** What stands in a link for a picture of its owner's. @param sha256 of the prepared picture */
export const ownPictureId = (sha256: string): string => `${OWN}${sha256.slice(0, OWN_HASH)}`;

export const isOwnPicture = (id: string): boolean => id.startsWith(OWN);

/** The beginning of the hash in what stands for a picture of its owner's. */
export const hashOfOwn = (id: string): string => id.slice(OWN.length);

/** Whether a link can say which picture it is. */
export function isNamed({ kind }: ImageSource): boolean {
  return kind === 'sample' || kind === 'data';
}
