import { describe, expect, it } from 'vitest';
import { doubtOfRange, guessDescription } from '../../../src/workers/models/own/guess';
import { type InputChange, inputChanges } from '../../../src/workers/models/own/input-changes';
import type { Json } from '../../../src/workers/models/own/json';
import { rangeFrom } from '../../../src/workers/models/own/value-range';

const MEAN = [0.485, 0.456, 0.406];
const STD = [0.229, 0.224, 0.225];
const change = (scale: number | number[], offset: number | number[] = 0): InputChange => ({
  scale: [scale].flat(),
  offset: [offset].flat(),
});
const clues = (changes: readonly InputChange[] | null, names: readonly string[] = []) => ({
  shape: [8, 8, 3] as const,
  classCount: 10,
  names,
  changes,
  labels: null,
  hasMetadata: false,
});

describe('the value range that a network’s first layers suggest', () => {
  it.each([
    ['x / 255', change(1 / 255), 'bytes'],
    ['x / 256', change(1 / 256), 'bytes'],
    ['x / 127.5 - 1', change(1 / 127.5, -1), 'bytes'],
    ['x / 128 - 1', change(1 / 128, -1), 'bytes'],
    ['x / 127 - 1', change(1 / 127, -1), 'bytes'],
    ['1 - x / 255', change(-1 / 255, 1), 'bytes'],
    ['255 - x', change(-1, 255), 'bytes'],
    ['x / 255 - 0.5', change(1 / 255, -0.5), 'bytes'],
    ['x - 120', change(1, [-123.7, -116.8, -103.9]), 'bytes'],
    [
      'ImageNet from bytes',
      change(
        STD.map((std) => 1 / (255 * std)),
        STD.map((std, i) => -(MEAN[i] as number) / std),
      ),
      'bytes',
    ],
    ['1 - x', change(-1, 1), 'unit'],
    ['2 x - 1', change(2, -1), 'unit'],
    ['1 - 2 x', change(-2, 1), 'unit'],
    ['255 x', change(255), 'unit'],
    ['255 x - 120', change(255, [-123.7, -116.8, -103.9]), 'unit'],
    ['x - 0.45', change(1, [-0.485, -0.456, -0.406]), 'unit'],
    ['MNIST from 0 to 1', change(1 / 0.3081, -0.1307 / 0.3081), 'unit'],
    [
      'ImageNet from 0 to 1',
      change(
        STD.map((std) => 1 / std),
        STD.map((std, i) => -(MEAN[i] as number) / std),
      ),
      'unit',
    ],
    ['x / 2 + 1 / 2', change(0.5, 0.5), 'signed'],
    ['127.5 x + 127.5', change(127.5, 127.5), 'signed'],
    ['a mean of -0.06 and a deviation of 0.5', change(2, 0.12), 'signed'],
  ] as const)('is certain for %s', (_, given, name) => {
    expect(rangeFrom([given])).toEqual({ name, isSure: true });
    expect(doubtOfRange(clues([given]))).toBeNull();
  });

  it.each([
    ['2 x', change(2), 'unit'],
    ['x / 100', change(0.01), 'bytes'],
    ['x / 10', change(0.1), 'unit'],
    ['-x', change(-1), 'unit'],
    ['what cannot be told', 'unknown', 'unit'],
  ] as const)('is a guess that is said for %s', (_, given, name) => {
    expect(rangeFrom([given])).toEqual({ name, isSure: false });
    expect(doubtOfRange(clues([given]))).toMatch(/is a guess: set the range/);
  });

  it('must fit every way into the network', () => {
    expect(rangeFrom([change(1 / 255), change(1 / 127.5, -1)])).toEqual({ name: 'bytes', isSure: true });
    expect(rangeFrom([change(1 / 255), change(2, -1)]).isSure).toBe(false);
    expect(rangeFrom([change(1 / 255), 'unknown'])).toEqual({ name: 'bytes', isSure: false });
  });

  it('is what the description begins with; a graph’s name alone leaves a doubt', () => {
    expect(guessDescription(clues([change(-1, 1)])).range).toEqual([0, 1]);
    expect(guessDescription(clues([change(0.5, 0.5)])).range).toEqual([-1, 1]);
    const graph = clues(null, ['model/rescaling/mul']);
    expect(guessDescription(graph).range).toEqual([0, 255]);
    expect(doubtOfRange(graph)).toMatch(/called a rescaling/);
    expect(doubtOfRange(clues([]))).toBeNull();
    // A folder's name tells less than the layers, which are known here and change nothing.
    const plain = clues([], ['rescaling']);
    expect([guessDescription(plain).range, doubtOfRange(plain)]).toEqual([[0, 1], null]);
  });
});

const layer = (class_name: string, name: string, config: Json = {}, ...from: string[]): Json => ({
  class_name,
  config: { name, ...config },
  name,
  inbound_nodes: from.length > 0 ? [from.map((each) => [each, 0, 0, {}])] : [],
});
const sequential = (...layers: Json[]): Json => ({ class_name: 'Sequential', config: { name: 's', layers } });
const functional = (layers: Json[]): Json => ({
  class_name: 'Functional',
  name: 'f',
  config: { name: 'f', layers, input_layers: [['input', 0, 0]], output_layers: [] },
});
const conv = (...from: string[]): Json => layer('Conv2D', 'conv', {}, ...from);
const of = (model: Json, weights: Record<string, number[]> = {}): InputChange[] =>
  inputChanges(model, (name) => weights[name] ?? null);

describe('what first layers do to values', () => {
  const rescaling = (scale: unknown, offset: unknown = 0, ...from: string[]) =>
    layer('Rescaling', 'rescaling', { scale, offset }, ...from);

  it('is followed through layers that hand values on, one after the other', () => {
    const augmentation = sequential(layer('Activation', 'flip', { activation: 'linear' }));
    const normalization = layer('ProbustNormalization', 'normalization', {
      mean: [0.5],
      variance: [[[[0.0625]]]],
    });
    expect(of(sequential(augmentation, rescaling(1 / 128), normalization, conv()))).toEqual([
      { scale: [4 / 128], offset: [-2] },
    ]);
    const within = functional([layer('InputLayer', 'input'), rescaling(0.5, 0, 'input'), conv('rescaling')]);
    expect(of(sequential(augmentation, within))).toEqual([{ scale: [0.5], offset: [0] }]);
  });

  it('ends with the first layer that computes: a rescaling behind it says nothing of the input', () => {
    expect(of(sequential(conv(), rescaling(0.1)))).toEqual([]);
    expect(of(sequential(layer('Activation', 'tanh', { activation: 'tanh' }), rescaling(0.1)))).toEqual([]);
  });

  it('is found on every way into a network, the plain one aside', () => {
    const model = functional([
      layer('InputLayer', 'input'),
      rescaling(-1, 1, 'input'),
      conv('input', 'rescaling'),
    ]);
    expect(of(model)).toEqual([{ scale: [-1], offset: [1] }]);
  });

  it('reads a scale for each channel, and statistics among the weights', () => {
    expect(of(sequential(rescaling([2, 4, 8], [0, 1, 2]), conv()))).toEqual([
      { scale: [2, 4, 8], offset: [0, 1, 2] },
    ]);
    const stored = layer('ProbustNormalization', 'n', { axis: [-1] });
    const weights = { 'n/mean': [100, 120, 140], 'n/variance': [2500, 2500, 2500] };
    expect(of(sequential(stored, conv()), weights)).toEqual([
      { scale: [0.02, 0.02, 0.02], offset: [-2, -2.4, -2.8] },
    ]);
    expect(of(sequential(stored, conv()))).toEqual(['unknown']);
    const inverse = layer('ProbustNormalization', 'n', { mean: 3, variance: 4, invert: true });
    expect(of(sequential(inverse, conv()))).toEqual([{ scale: [2], offset: [3] }]);
  });

  it.each([[0], [Number.POSITIVE_INFINITY], ['1'], [[1, 2, 3, 4]], [[]]])(
    'is unknown for a scale of %j',
    (scale) => {
      expect(of(sequential(rescaling(scale), conv()))).toEqual(['unknown']);
    },
  );

  it('is not looked for without end', () => {
    const layers = [layer('InputLayer', 'input')];
    let last = 'input';
    for (let i = 0; i < 60; i++) {
      const [one, other, both] = [`a${i}`, `b${i}`, `c${i}`];
      layers.push(layer('Dropout', one, {}, last), layer('Dropout', other, {}, last));
      layers.push(layer('Dropout', both, {}, one, other));
      last = both;
    }
    expect(of(functional(layers))).toEqual([]);
  });
});
