import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliError, EXIT } from '../../../src/cli/errors';
import { readPicture } from '../../../src/cli/picture';
import { toNpy } from '../../../src/image';
import type { ModelCard } from '../../../src/workers/models/card';

const PHOTO: ModelCard['input'] = { shape: [32, 32, 3], range: [0, 1], preparation: 'photo' };
const DIGIT: ModelCard['input'] = { shape: [28, 28, 1], range: [0, 1], preparation: 'mnist' };

let folder: string;
const path = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-picture-'));
  const png = new PNG({ width: 128, height: 64 });
  for (let i = 0; i < 128 * 64; i++) png.data.set([2 * (i % 128), Math.floor(i / 128), 80, 255], 4 * i);
  await writeFile(path('wide.png'), PNG.sync.write(png));
  await writeFile(path('input.npy'), toNpy(new Float32Array(3072).fill(0.5), [1, 32, 32, 3]));
});
afterAll(() => rm(folder, { recursive: true }));

const exitCode = async (work: Promise<unknown>): Promise<number | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof CliError ? error.exitCode : -1),
  );

describe('a photo', () => {
  it('is cropped in the middle unless a crop is given', async () => {
    const middle = await readPicture(path('wide.png'), PHOTO);
    const left = await readPicture(path('wide.png'), PHOTO, { x: 0, y: 0, size: 1 });
    const same = await readPicture(path('wide.png'), PHOTO, { x: 0.25, y: 0, size: 1 });
    expect(middle.x).toHaveLength(3072);
    expect([middle.width, middle.height]).toEqual([128, 64]);
    expect(same.sha256).toBe(middle.sha256);
    expect(left.sha256).not.toBe(middle.sha256);
    // Red grows to the right: the left half of the picture has the lower half of it.
    const reds = ({ x }: { x: Float32Array }) => x.filter((_, i) => i % 3 === 0);
    expect(Math.max(...reds(left))).toBeLessThan(0.51);
    expect(Math.min(...reds(middle))).toBeGreaterThan(0.24);
  });

  it('takes the model’s input of three channels as .npy', async () => {
    const { x } = await readPicture(path('input.npy'), PHOTO);
    expect([...new Set(x)]).toEqual([0.5]);
  });

  it('takes no crop where there is nothing to crop', async () => {
    const crop = { x: 0, y: 0, size: 1 };
    expect(await exitCode(readPicture(path('input.npy'), PHOTO, crop))).toBe(EXIT.usage);
    expect(await exitCode(readPicture(path('wide.png'), DIGIT, crop))).toBe(EXIT.usage);
  });
});
