/**
 * Draws the sample digits and their index into public/samples. The same strokes give the same bytes.
 * Usage: npm run samples
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { type PreparedImage, prepareImage } from '../src/image';
import { renderGlyph } from './samples/render';
import { GLYPHS } from './samples/strokes';

const FOLDER = fileURLToPath(new URL('../public/samples/', import.meta.url));
const GREY = 0;

/** An 8-bit grey PNG of values in [0, 1]. */
function encodePng({ shape: [height, width], data }: PreparedImage): Buffer {
  const png = new PNG({ width, height });
  data.forEach((value, i) => {
    png.data.fill(Math.round(255 * value), 4 * i, 4 * i + 3);
    png.data[4 * i + 3] = 255;
  });
  return PNG.sync.write(png, { colorType: GREY });
}

mkdirSync(FOLDER, { recursive: true });
for (const name of readdirSync(FOLDER)) rmSync(FOLDER + name);

const samples = GLYPHS.map((glyph) => {
  const { id, label, title, lookalike } = glyph;
  const file = `${id}.png`;
  const prepared = prepareImage(renderGlyph(glyph), { shape: [28, 28, 1], preparation: 'mnist' });
  writeFileSync(FOLDER + file, encodePng(prepared));
  return { id, dataset: 'MNIST', file, label, title, lookalike };
});
writeFileSync(
  `${FOLDER}index.json`,
  `${JSON.stringify({ schema: 'probust-samples/2', defaults: ['seven-crossed'], samples }, null, 2)}\n`,
);
console.log(`${samples.length} samples in public/samples`);
