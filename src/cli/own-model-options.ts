import type { OptionTable } from './command';

/** What may be said of a model that is not bundled; the rest is guessed as on the page. */
export const OWN_MODEL_OPTIONS = {
  'input-size': {
    type: 'string',
    value: 'HxWxC',
    help: 'height, width and channels of its input',
    fallback: 'as the model says',
  },
  range: {
    type: 'string',
    value: 'BLACK:WHITE',
    help: 'the values that it was trained with for black and for white, as in -1:1 (--range=-1:1) or 0:255',
    fallback: 'guessed, mostly 0:1',
  },
  mean: {
    type: 'string',
    value: 'NUMBERS',
    help: 'what is subtracted after that, one number or one a channel with commas',
    fallback: 'guessed, mostly 0',
  },
  std: {
    type: 'string',
    value: 'NUMBERS',
    help: 'and by what it is then divided',
    fallback: 'guessed, mostly 1',
  },
  labels: {
    type: 'string',
    value: 'FILE',
    help: 'names of its classes, one a line, in the order of its outputs',
    fallback: 'guessed, or numbers',
  },
  pictures: {
    type: 'string',
    value: 'mnist|photo',
    help: 'how a picture is prepared for it: a digit centred as in MNIST, or a photo cropped and resized',
    fallback: 'mnist for 28x28x1, else photo',
  },
} as const satisfies OptionTable;
