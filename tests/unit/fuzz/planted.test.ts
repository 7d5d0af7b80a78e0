import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../../fuzz/reader';
import { archives } from '../../../fuzz/readers/archives';
import { arrays } from '../../../fuzz/readers/arrays';
import { link } from '../../../fuzz/readers/link';
import { npy } from '../../../fuzz/readers/npy';
import { sweeps } from '../../../fuzz/readers/sweeps';
import { attempt, type Verdict } from '../../../fuzz/runner/attempt';

/** Readers with one fault each, put around the true ones, which stay as they are. */

const MOST_RUNS = 2000;
const SEED = 1;

/** The first failure of a reader; null if there is none. */
async function firstFailure<I, O>(reader: Reader<I, O>, runs = MOST_RUNS): Promise<Verdict | null> {
  for (let run = 0; run < runs; run++) {
    const verdict = await attempt(reader, SEED, run);
    if (verdict.outcome === 'failed') return verdict;
  }
  return null;
}

describe('a fault that is planted is found within 2000 runs', () => {
  it('a CRC that nobody checks', async () => {
    // fflate alone does not look at the CRC of a zip's files.
    const unchecked: typeof archives = {
      ...archives,
      async read({ name, bytes }) {
        if (bytes[0] !== 0x50) return archives.read({ name, bytes });
        const inside = Object.entries(unzipSync(bytes)).map(([path, content]) => ({
          name: path,
          bytes: content,
        }));
        const wanted = inside.filter((file) => !/\/$|(^|\/)(__MACOSX|\.)/.test(file.name));
        return (await Promise.all(wanted.map(archives.read))).flat();
      },
    };
    expect(await firstFailure(unchecked)).toMatchObject({ code: expect.stringMatching(/accepted|nonsense/) });
  });

  it('numbers of a saved sweep without their limits', async () => {
    const unlimited: typeof sweeps = {
      ...sweeps,
      async read(saved) {
        try {
          return await sweeps.read(saved);
        } catch (error) {
          if (!/is not a (whole )?number from/.test((error as Error).message)) throw error;
          return { result: JSON.parse(saved.json), input: null };
        }
      },
    };
    expect(await firstFailure(unlimited)).toMatchObject({ code: 'nonsense' });
  });

  it('a number of radii that a link can raise without limit', async () => {
    const unlimited: typeof link = {
      ...link,
      async read(given) {
        const settings = await link.read(given);
        const radii = Number(new URLSearchParams(given.query).get('radii') ?? settings.radii);
        return { ...settings, radii: Number.isFinite(radii) ? Math.round(radii) : settings.radii };
      },
    };
    expect(await firstFailure(unlimited)).toMatchObject({
      code: 'nonsense',
      problem: expect.stringMatching(/radii/),
    });
  });

  it('labels of a byte', async () => {
    const narrow: typeof arrays = {
      ...arrays,
      async read(files) {
        const images = await arrays.read(files);
        return { ...images, labels: Uint8Array.from(images.labels) as unknown as typeof images.labels };
      },
    };
    expect(await firstFailure(narrow)).toMatchObject({
      code: 'nonsense',
      problem: expect.stringMatching(/label/),
    });
  });

  it('an error without a type, and one that shows a library’s words', async () => {
    const wordsOf = (make: (error: Error) => Error): typeof npy => ({
      ...npy,
      read(bytes) {
        try {
          return npy.read(bytes);
        } catch (error) {
          throw make(error as Error);
        }
      },
    });
    const untyped = wordsOf((error) => new TypeError(error.message));
    expect(await firstFailure(untyped)).toMatchObject({ code: 'untyped' });
    const raw = wordsOf((error) =>
      Object.assign(error, { message: 'x.npy cannot be read: Unexpected token in JSON at position 1.' }),
    );
    expect(await firstFailure(raw)).toMatchObject({ code: 'sentence' });
  });

  it('a reader that refuses what is valid', async () => {
    const picky: typeof npy = {
      ...npy,
      read: (bytes) => npy.read(bytes[6] === 2 ? new Uint8Array() : bytes),
    };
    expect(await firstFailure(picky)).toMatchObject({ code: 'refused' });
  });
});
