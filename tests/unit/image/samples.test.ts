import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { chosenPictures, drawScene, findScene } from '../../../scripts/samples/pictures';
import { findDataset } from '../../../src/data';
import { prepareImage, type RgbaImage } from '../../../src/image';

interface Sample {
  readonly id: string;
  readonly dataset: string;
  readonly file: string;
  readonly label: string;
  readonly title: string;
  readonly lookalike?: string;
}

interface SampleIndex {
  readonly schema: string;
  readonly defaults: readonly string[];
  readonly samples: readonly Sample[];
}

const folder = new URL('../../../public/samples/', import.meta.url);
const index: SampleIndex = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8'));
const ofSet = (name: string): readonly Sample[] => index.samples.filter(({ dataset }) => dataset === name);

function readSample(file: string): RgbaImage {
  const { width, height, data } = PNG.sync.read(readFileSync(new URL(file, folder)));
  return { width, height, data: new Uint8ClampedArray(data) };
}

describe('the samples', () => {
  it('have names of their own, and one to begin with for each data set', () => {
    expect(index.schema).toBe('probust-samples/2');
    expect(new Set(index.samples.map(({ id }) => id)).size).toBe(index.samples.length);
    for (const name of ['MNIST', 'CIFAR-10']) {
      const first = ofSet(name).filter(({ id }) => index.defaults.includes(id));
      expect(first, name).toHaveLength(1);
    }
  });

  it('carry labels of their data set', () => {
    for (const { dataset, label, id } of index.samples)
      expect(findDataset(dataset)?.labels, id).toContain(label);
  });
});

describe('the sample digits', () => {
  it('are two clear ones for each digit at least', () => {
    for (const label of '0123456789') {
      const clear = ofSet('MNIST').filter((sample) => sample.label === label && !sample.lookalike);
      expect(clear.length).toBeGreaterThanOrEqual(2);
    }
  });

  it.each(ofSet('MNIST'))('reach the model unchanged: $id', ({ file }) => {
    const prepared = prepareImage(readSample(file), { shape: [28, 28, 1], preparation: 'mnist' });
    expect(prepared.steps.unchanged).toBe(true);
    expect(Math.max(...prepared.data)).toBeCloseTo(1, 6);
  });
});

describe('the sample pictures', () => {
  it('are two of each class at least', () => {
    for (const label of findDataset('CIFAR-10')?.labels ?? []) {
      expect(
        ofSet('CIFAR-10').filter((sample) => sample.label === label).length,
        label,
      ).toBeGreaterThanOrEqual(2);
    }
  });

  it('are larger than a model’s input, so that there is something to crop', () => {
    for (const { file } of ofSet('CIFAR-10')) {
      const { width, height } = readSample(file);
      expect(Math.min(width, height)).toBeGreaterThan(64);
    }
  });

  it('are what the script draws, but for a last digit of a machine’s sine', () => {
    const [picture] = chosenPictures();
    if (picture === undefined) throw new Error('no picture was chosen');
    expect(chosenPictures().map(({ id }) => id)).toEqual(ofSet('CIFAR-10').map(({ id }) => id));
    const drawn = drawScene(findScene(picture.scene), picture.seed);
    const kept = readSample(`${picture.id}.png`);
    const largest = kept.data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (drawn.data[i] as number))),
      0,
    );
    expect(largest).toBeLessThanOrEqual(1);
  });
});
