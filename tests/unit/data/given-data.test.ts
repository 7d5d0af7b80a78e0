import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DataPurpose } from '../../../src/data';
import { readGivenData } from '../../../src/node/given-data';

const purpose: DataPurpose = { input: { shape: [2, 2, 3], preparation: 'photo' }, labels: ['cat', 'dog'] };

/** A PNG of 2x2 equal pixels. */
function png(value: number): Buffer {
  const image = new PNG({ width: 2, height: 2 });
  for (let i = 0; i < 4; i++) image.data.set([value, value, value, 255], 4 * i);
  return PNG.sync.write(image);
}

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probust-given-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), bytes);
}

const given = () => readGivenData(folder, { purpose, dataset: undefined, split: 'test' });

describe('a folder of pictures on the command line', () => {
  it('gives PNG files under any name, and names what is damaged, of another format, or hidden', async () => {
    await put('dog/a', png(10));
    await put('cat/a.JPG', png(20));
    await put('cat/b.png', png(30).subarray(0, 50));
    await put('dog/c.tif', 'II*\0');
    await put('dog/.kept/d.png', png(40));
    await put('notes.txt', 'x');
    const { images, notes } = await given();
    expect([images.count, [...images.labels], [...images.pixels.subarray(0, 1)]]).toEqual([2, [0, 1], [20]]);
    expect(images.pixels).toHaveLength(2 * 12);
    expect(notes).toEqual([
      'The class is the folder’s name, as “cat” in cat/a.JPG.',
      '3 files are left out: 1 hidden PNG (dog/.kept/d.png), 1 TIFF (dog/c.tif), 1 damaged PNG (cat/b.png).',
    ]);
  });

  it('gives files and folders behind links, each once, and names links that lead nowhere', async () => {
    await put('cat/a.png', png(10));
    await put('outside/b.png', png(20));
    await mkdir(join(folder, 'set'));
    await symlink('../cat', join(folder, 'set/cat'));
    await mkdir(join(folder, 'set/dog'));
    await symlink('../../outside/b.png', join(folder, 'set/dog/b.png'));
    await symlink('../../gone.png', join(folder, 'set/dog/c.png'));
    await symlink('..', join(folder, 'set/dog/again'));
    const { images, notes } = await readGivenData(join(folder, 'set'), {
      purpose,
      dataset: undefined,
      split: 'test',
    });
    expect([...images.labels]).toEqual([0, 1]);
    expect(notes[1]).toBe('1 file is left out: 1 of no known kind (dog/c.png).');
  });

  it('is refused where pictures are of formats that the page alone reads, counted and named', async () => {
    await put('dog/a.png', png(10));
    await put('dog/b.png', jpeg);
    await put('cat/a', jpeg);
    await put('cat/c.tif', 'II*\0');
    await expect(given()).rejects.toThrow(
      /^2 of 3 pictures are JPEG \(cat\/a, dog\/b.png\); .* 1 file is left out: 1 TIFF \(cat\/c.tif\).$/,
    );
  });

  it('is refused where none can be read', async () => {
    await put('cat/b.png', png(30).subarray(0, 50));
    await expect(given()).rejects.toThrow(/^cat\/b.png: /);
    await put('cat/b.png', 'no picture');
    await expect(given()).rejects.toThrow(/cat\/b.png is none of IDX/);
  });
});
