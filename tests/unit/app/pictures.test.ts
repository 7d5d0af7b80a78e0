import { describe, expect, it } from 'vitest';
import { shortLabels } from '../../../src/app/charts/short-labels';
import { samplesFor, suits, takesDrawings, testSetsFor } from '../../../src/app/state/pictures';
import type { Sample } from '../../../src/app/state/store';
import type { PackedSet } from '../../../src/data';
import type { ModelCard } from '../../../src/workers/models/card';

type Card = Pick<ModelCard, 'dataset' | 'input'>;

const card = (name: string, shape: [number, number, number]): Card => ({
  dataset: { name, note: '' },
  input: { shape, range: [0, 1], preparation: shape[2] === 1 ? 'mnist' : 'photo' },
});
const mnist = card('MNIST', [28, 28, 1]);
const cifar = card('CIFAR-10', [32, 32, 3]);
const own = card('holiday', [64, 64, 3]);

const sample = (id: string, dataset: string): Sample => ({ id, dataset, url: '', label: '', title: '' });
const seven = sample('seven', 'MNIST');
const plane = sample('plane', 'CIFAR-10');
const samples = [seven, plane];

const set = (name: string, shape: [number, number, number]): PackedSet => ({
  dataset: name.toLowerCase(),
  name,
  split: 'test',
  shape,
  labels: ['a', 'b'],
  count: 10,
  chunk: 10,
});
const digits = set('MNIST', [28, 28, 1]);
const things = set('CIFAR-10', [32, 32, 3]);
const others = set('SVHN', [32, 32, 3]);

describe('pictures for a model', () => {
  it('are the samples of its data set, or those that look like its input', () => {
    expect(samplesFor(mnist, samples)).toEqual([seven]);
    expect(samplesFor(cifar, samples)).toEqual([plane]);
    expect(samplesFor(own, samples)).toEqual([plane]);
    expect(samplesFor(cifar, [seven])).toEqual([seven]);
  });

  it('are the test images of its size, its own data set’s first', () => {
    expect(testSetsFor(mnist, [digits, others, things])).toEqual([digits]);
    expect(testSetsFor(cifar, [digits, others, things])).toEqual([things, others]);
    expect(testSetsFor(own, [digits, others, things])).toEqual([]);
  });

  it('stay when the model changes, if it knows what they are of', () => {
    const ofSeven = { kind: 'sample', sample: seven } as const;
    const data = { kind: 'data', set: digits, index: 3, label: '1' } as const;
    const file = { kind: 'file', name: 'a.png' } as const;
    const drawing = { kind: 'drawing' } as const;
    expect([ofSeven, data, file, drawing].map((source) => suits(source, mnist, samples))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([ofSeven, data, file, drawing].map((source) => suits(source, cifar, samples))).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect([takesDrawings(mnist), takesDrawings(cifar)]).toEqual([true, false]);
  });
});

describe('short labels', () => {
  it('are the first letters that tell a class from all others', () => {
    const cifar10 = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');
    expect(shortLabels(cifar10)).toEqual(['ai', 'au', 'b', 'c', 'de', 'do', 'f', 'h', 's', 't']);
    expect(shortLabels([...'0123456789'])).toEqual([...'0123456789']);
  });

  it('have room on a picture even where they cannot differ', () => {
    expect(shortLabels(['great white shark', 'great whale', 'Great Dane', 'ox'])).toEqual([
      'grea',
      'grea',
      'Grea',
      'o',
    ]);
    expect(shortLabels(['1', '10'])).toEqual(['1', '10']);
  });
});
