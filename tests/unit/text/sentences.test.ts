import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CliError } from '../../../src/cli/errors';
import { DataError } from '../../../src/data';
import { ImageError } from '../../../src/image';
import { complaintOf } from '../../../src/text/complaint';
import { printable } from '../../../src/text/printable';
import { EngineError } from '../../../src/workers/errors';

describe('a sentence', () => {
  it('stays as it is where it can be shown', () => {
    for (const text of ['', 'x.png “Katze” 猫 👩‍🔬 is damaged; fetch it anew.', 'a'.repeat(700)]) {
      expect(printable(text)).toBe(text);
    }
  });

  it('is one line without control characters or turned directions', () => {
    expect(printable('a\nb\r\n\u001b[31mc\u0000\u202ed\u2028e')).toBe('a b [31mc d e');
  });

  it('that is too long keeps its beginning and its end', () => {
    const found = printable(`x.npy holds ${'q'.repeat(1e6)}; save it anew.`);
    expect(found).toHaveLength(700);
    expect(found).toMatch(/^x\.npy holds q+…q+; save it anew\.$/);
  });

  it.each([
    (text: string) => new DataError('wrong_format', text),
    (text: string) => new ImageError('undecodable', text),
    (text: string) => new EngineError('model_format', text),
    (text: string) => new CliError(3, text),
  ])('of a typed error can be shown', (make) => {
    expect(make(`a\n${'b'.repeat(5000)}c.`).message).toMatch(/^a b+…b+c\.$/);
  });
});

describe('what a schema refuses', () => {
  const schema = v.strictObject({
    number: v.pipe(v.number(), v.minValue(0)),
    words: v.optional(v.array(v.string())),
    kind: v.optional(v.picklist(['a', 'b'])),
    own: v.optional(v.pipe(v.number(), v.maxValue(1, 'is above 1'))),
  });
  const complaint = (value: unknown): string => {
    const parsed = v.safeParse(schema, value);
    return parsed.success ? '' : complaintOf(parsed.issues[0]);
  };

  it.each([
    [{}, 'number is missing'],
    [null, 'the file is not a group of fields'],
    [{ number: 'x'.repeat(1e6) }, 'number is not a number'],
    [{ number: Number.NaN }, 'number is not a number'],
    [{ number: -1 }, 'number has a value that it cannot have'],
    [{ number: 1, words: [1] }, 'words.0 is not a text'],
    [{ number: 1, kind: 7 }, 'kind is not a or b'],
    [{ number: 1, own: 2 }, 'own is above 1'],
    [{ number: 1, extra: 1 }, 'extra is nothing that this version knows'],
  ])('is said in our own words: %j', (value, words) => {
    expect(complaint(value)).toBe(words);
  });
});
