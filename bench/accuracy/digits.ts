import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { renderGlyph } from '../../scripts/samples/render';
import { GLYPHS, type Glyph } from '../../scripts/samples/strokes';
import { findDataset, toInputs } from '../../src/data';
import { NormalSource } from '../../src/estimators/noise/gaussian';
import { prepareImage } from '../../src/image';
import { projectFolder } from '../../src/node/engine';
import { readDataset } from '../../src/node/read-dataset';

export interface Digit {
  readonly name: string;
  /** 28 x 28 values in [0, 1] */
  readonly x: Float32Array;
}

const VARIATION_SEED = 1;
/** Standard deviations of what tells a variation from its glyph: points in hundredths of the digit's height. */
const VARIATION = { point: 2.5, pen: 0.12, slant: 0.06 } as const;

/** The sample digit of this id. */
function sampleDigit(id: string): Digit {
  const png = PNG.sync.read(readFileSync(join(projectFolder, 'public', 'samples', `${id}.png`)));
  const x = Float32Array.from(
    { length: png.width * png.height },
    (_, i) => (png.data[4 * i] as number) / 255,
  );
  return { name: id, x };
}

/** The glyph by another hand: points moved, pen and slant changed, as the number says. */
function variation(glyph: Glyph, number: number): Digit {
  const normals = new Float64Array(512);
  new NormalSource(VARIATION_SEED, 0).fill(number, normals);
  let used = 2;
  const moved = (text: string): string =>
    String(Number(text) + VARIATION.point * (normals[used++] as number));
  const strokes = glyph.strokes.map((stroke) =>
    stroke
      .split(' ')
      .map((pair) => pair.split(',').map(moved).join())
      .join(' '),
  );
  const pen = glyph.pen * Math.exp(VARIATION.pen * (normals[0] as number));
  const slant = glyph.slant + VARIATION.slant * (normals[1] as number);
  const { data } = prepareImage(renderGlyph({ ...glyph, pen, slant, strokes }), {
    shape: [28, 28, 1],
    preparation: 'mnist',
  });
  return { name: `${glyph.id}~${number}`, x: Float32Array.from(data) };
}

/** The project's sample digits, then seeded variations of them, `count` in all. */
export function drawnDigits(count: number): Digit[] {
  return Array.from({ length: count }, (_, i) => {
    const glyph = GLYPHS[i % GLYPHS.length] as Glyph;
    return i < GLYPHS.length ? sampleDigit(glyph.id) : variation(glyph, i);
  });
}

/** The first `count` MNIST test images of a folder of the user's. */
export async function mnistDigits(folder: string, count: number): Promise<Digit[]> {
  const mnist = findDataset('mnist');
  if (mnist === undefined) throw new Error('MNIST is not among the data sets.');
  const images = await readDataset(mnist, 'test', folder);
  return Array.from({ length: Math.min(count, images.count) }, (_, i) => ({
    name: `mnist-${i}`,
    x: toInputs(images, i),
  }));
}
