import { describe, expect, it } from 'vitest';
import {
  assertPixelCount,
  ImageError,
  isPreparationName,
  MAX_PIXELS,
  prepareImage,
} from '../../../src/image';

const spec = { shape: [28, 28, 1], preparation: 'mnist' } as const;

/** The code of the ImageError that is thrown. */
function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof ImageError) return error.code;
    throw error;
  }
  return undefined;
}

describe('prepareImage', () => {
  it('refuses pictures that are too large, empty or incomplete', () => {
    const data = new Uint8ClampedArray(4);
    expect(codeOf(() => prepareImage({ width: 10_000, height: 10_000, data }, spec))).toBe('too_large');
    expect(codeOf(() => prepareImage({ width: 0, height: 5, data }, spec))).toBe('empty');
    expect(codeOf(() => prepareImage({ width: 2, height: 5, data }, spec))).toBe('undecodable');
  });

  it('knows its preparations by name', () => {
    expect(isPreparationName('mnist')).toBe(true);
    expect(isPreparationName('toString')).toBe(false);
  });
});

describe('assertPixelCount', () => {
  it('accepts up to the limit', () => {
    expect(codeOf(() => assertPixelCount(1, 1))).toBeUndefined();
    expect(codeOf(() => assertPixelCount(MAX_PIXELS, 1))).toBeUndefined();
    expect(codeOf(() => assertPixelCount(MAX_PIXELS + 1, 1))).toBe('too_large');
    expect(codeOf(() => assertPixelCount(Number.NaN, 1))).toBe('empty');
  });

  it('says what to do in one sentence', () => {
    expect(() => assertPixelCount(10_000, 10_000)).toThrow(
      'This image has 100 megapixels and the limit is 64; make it smaller first.',
    );
  });
});
