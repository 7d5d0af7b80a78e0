import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { prepareImage } from '../../../src/image';

interface SampleIndex {
  readonly schema: string;
  readonly samples: readonly { id: string; file: string; label: string; title: string; lookalike?: string }[];
}

const folder = new URL('../../../public/samples/', import.meta.url);
const index: SampleIndex = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8'));

describe('the sample digits', () => {
  it('are two clear ones for each digit at least', () => {
    expect(index.schema).toBe('probust-samples/2');
    expect(new Set(index.samples.map(({ id }) => id)).size).toBe(index.samples.length);
    for (const label of '0123456789') {
      const clear = index.samples.filter((sample) => sample.label === label && !sample.lookalike);
      expect(clear.length).toBeGreaterThanOrEqual(2);
    }
  });

  it.each(index.samples)('reach the model unchanged: $id', ({ file }) => {
    const { width, height, data } = PNG.sync.read(readFileSync(new URL(file, folder)));
    const image = { width, height, data: new Uint8ClampedArray(data) };
    const prepared = prepareImage(image, { shape: [28, 28, 1], preparation: 'mnist' });
    expect(prepared.steps.unchanged).toBe(true);
    expect(Math.max(...prepared.data)).toBeCloseTo(1, 6);
  });
});
