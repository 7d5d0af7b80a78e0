/**
 * Draws the samples and their index into public/samples: digits for MNIST, pictures for CIFAR-10. The same strokes,
 * scenes and seeds give the same bytes.
 * Usage: npm run samples -- [--choose [--models FOLDER]]
 * --choose looks anew for variants of the pictures that all CIFAR-10 bundled models, or of a folder, recognise.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { type PreparedImage, prepareImage, type RgbaImage } from '../src/image';
import { modelsFolder } from '../src/node/bundled-models';
import { chosenPictures, drawScene, findScene } from './samples/pictures';
import { renderGlyph } from './samples/render';
import { GLYPHS } from './samples/strokes';

const FOLDER = fileURLToPath(new URL('../public/samples/', import.meta.url));
/** PNG's numbers of its kinds. */
const GREY = 0;
const RGB = 2;
/** What is shown first: Taylor and sampling part widely on the digit. */
const DEFAULTS = ['seven-crossed', 'airliner'];

/** An 8-bit grey PNG of values in [0, 1]. */
function encodeGrey({ shape: [height, width], data }: PreparedImage): Buffer {
  const png = new PNG({ width, height });
  data.forEach((value, i) => {
    png.data.fill(Math.round(255 * value), 4 * i, 4 * i + 3);
    png.data[4 * i + 3] = 255;
  });
  return PNG.sync.write(png, { colorType: GREY });
}

function encodeColour({ width, height, data }: RgbaImage): Buffer {
  const png = new PNG({ width, height });
  png.data.set(data);
  return PNG.sync.write(png, { colorType: RGB });
}

function writeDigits() {
  return GLYPHS.map((glyph) => {
    const { id, label, title, lookalike } = glyph;
    const file = `${id}.png`;
    const prepared = prepareImage(renderGlyph(glyph), { shape: [28, 28, 1], preparation: 'mnist' });
    writeFileSync(FOLDER + file, encodeGrey(prepared));
    return { id, dataset: 'MNIST', file, label, title, lookalike };
  });
}

function writePictures() {
  return chosenPictures().map(({ id, label, title, scene, seed }) => {
    const file = `${id}.png`;
    writeFileSync(FOLDER + file, encodeColour(drawScene(findScene(scene), seed)));
    return { id, dataset: 'CIFAR-10', file, label, title };
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      choose: { type: 'boolean', default: false },
      models: { type: 'string', default: modelsFolder },
    },
  });
  if (values.choose) {
    const { choosePictures } = await import('./samples/choose');
    await choosePictures(values.models);
  }
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) rmSync(FOLDER + name);
  const samples = [...writeDigits(), ...writePictures()];
  const index = { schema: 'probust-samples/2', defaults: DEFAULTS, samples };
  writeFileSync(`${FOLDER}index.json`, `${JSON.stringify(index, null, 2)}\n`);
  console.log(`${samples.length} samples in public/samples`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
