import { describe, expect, it } from 'vitest';
import {
  fromText,
  normalisationsFor,
  type OwnModelText,
  toText,
} from '../../../src/app/features/models/own-form';
import { isModelFile } from '../../../src/app/ui/dropped-files';
import type { OwnModelDescription } from '../../../src/workers/models/own/description';

const colour: OwnModelDescription = {
  name: 'Mine',
  shape: [32, 32, 3],
  preparation: 'photo',
  range: [0, 1],
  mean: [0, 0, 0],
  std: [1, 1, 1],
  labels: ['cat', 'dog'],
};
const digits: OwnModelDescription = {
  ...colour,
  shape: [28, 28, 1],
  preparation: 'mnist',
  mean: [0.1307],
  std: [0.3081],
};

const typed = (change: Partial<OwnModelText>, from = colour) => fromText({ ...toText(from), ...change });

describe('the form of a person’s model', () => {
  it('gives back what it was filled with', () => {
    const others: OwnModelDescription[] = [
      colour,
      digits,
      { ...colour, range: [-1, 1] },
      { ...colour, range: [0.5, -2.25] },
      { ...colour, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
      { ...colour, mean: [0.1, 0.2, 0.3], std: [0.4, 0.5, 0.6], labels: [] },
    ];
    for (const described of others) expect(fromText(toText(described))).toEqual(described);
  });

  it('names what is common', () => {
    expect(toText(colour)).toMatchObject({ range: 'unit', normalisation: 'none' });
    expect(toText({ ...colour, range: [0, 255] }).range).toBe('bytes');
    expect(toText(digits).normalisation).toBe('mnist');
    expect(toText({ ...colour, std: [2, 2, 2] }).normalisation).toBe('other');
    expect(normalisationsFor(1)).toEqual(['none', 'mnist', 'other']);
    expect(normalisationsFor(3)).toEqual(['none', 'imagenet', 'cifar10', 'other']);
  });

  it('reads numbers as people write them', () => {
    expect(typed({ range: 'other', black: '−1', white: ' 1.5 ' })).toMatchObject({ range: [-1, 1.5] });
    expect(typed({ normalisation: 'other', mean: '0.5', std: '0.1; 0.2 0.3' })).toMatchObject({
      mean: [0.5, 0.5, 0.5],
      std: [0.1, 0.2, 0.3],
    });
    expect(typed({ labels: 'a\r\n b \n\n' })).toMatchObject({ labels: ['a', 'b'] });
    expect(typed({ labels: '["x", "y"]' })).toMatchObject({ labels: ['x', 'y'] });
  });

  it('prepares digits only for pictures of 28 by 28 in grey', () => {
    expect(typed({ preparation: 'mnist' })).toMatchObject({ preparation: 'photo' });
    expect(typed({ preparation: 'photo' }, digits)).toMatchObject({ preparation: 'photo' });
  });

  it.each<[Partial<OwnModelText>, RegExp]>([
    [{ height: '' }, /^Height: give a number/],
    [{ width: 'wide' }, /^Width: give a number/],
    [{ range: 'other', black: 'dark' }, /^Value range/],
    [{ normalisation: 'other', mean: '' }, /^Mean.*numbers with commas/],
    [{ normalisation: 'other', mean: '0', std: '1, x, 2' }, /^Deviation/],
  ])('%j is said to be wrong', (change, problem) => {
    expect(typed(change)).toEqual({ problem: expect.stringMatching(problem) });
  });
});

it('files of models are told from pictures by their names', () => {
  const models = [
    'model.json',
    'group1-shard1of2.bin',
    'group1-shard1of2',
    'm.zip',
    'net.ONNX',
    'a/saved_model.pb',
  ];
  for (const name of models) expect(isModelFile(name), name).toBe(true);
  for (const name of ['7.png', 'photo.JPEG', 'x.webp', 'input.npy', 'noname']) {
    expect(isModelFile(name), name).toBe(false);
  }
});
