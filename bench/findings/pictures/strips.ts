import { PNG } from 'pngjs';
import type { ImageShape } from '../../../src/image';
import { escapeXml, svgDocument } from '../../support/svg';
import type { OwnPicture } from '../results';
import { round } from '../text';

const [CELL, ROW, COLUMNS, HEAD, LEFT] = [58, 72, 15, 26, 6];
const SHOWN = 36;

/** The project's own pictures on one model. */
export interface Strip {
  readonly title: string;
  readonly shape: ImageShape;
  readonly pictures: readonly OwnPicture[];
}

/** An image as the address of a PNG. */
function pngAddress(x: Float32Array, [height, width, channels]: ImageShape): string {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      png.data[4 * i + c] = Math.round(255 * (x[i * channels + (channels === 3 ? c : 0)] as number));
    }
    png.data[4 * i + 3] = 255;
  }
  const colorType = channels === 3 ? 2 : 0;
  return `data:image/png;base64,${PNG.sync.write(png, { colorType }).toString('base64')}`;
}

/** The pictures by falling p_robust, under each what the model calls it and p_robust. Each picture's data is there once. */
export function stripsSvg(strips: readonly Strip[]): string {
  const idOf = new Map<string, string>();
  const images: string[] = [];
  const use = (x: Float32Array, shape: ImageShape): string => {
    const address = pngAddress(x, shape);
    const known = idOf.get(address);
    if (known !== undefined) return known;
    const id = `i${idOf.size}`;
    idOf.set(address, id);
    images.push(
      `<image id="${id}" width="${SHOWN}" height="${SHOWN}" href="${address}" style="image-rendering:pixelated"/>`,
    );
    return id;
  };
  let top = 0;
  const body = strips.map(({ title, shape, pictures }) => {
    const start = top;
    top += HEAD + Math.ceil(pictures.length / COLUMNS) * ROW;
    const cells = pictures.map(({ x, called, p }, i) => {
      const left = LEFT + (i % COLUMNS) * CELL;
      const y = start + HEAD + Math.floor(i / COLUMNS) * ROW;
      const centre = left + SHOWN / 2 + 8;
      return `<use href="#${use(x, shape)}" x="${left + 8}" y="${y}"/><text class="small" x="${centre}" y="${y + SHOWN + 11}" text-anchor="middle">${escapeXml(called)}</text><text class="small" x="${centre}" y="${y + SHOWN + 22}" text-anchor="middle">${round(p)}</text>`;
    });
    return `<text class="title" x="${LEFT + 8}" y="${start + 17}">${escapeXml(title)}</text>${cells.join('')}`;
  });
  const label = 'Pictures drawn for this project, by falling p_robust on each model';
  const defs = `<defs>${images.join('')}</defs>`;
  return svgDocument(2 * LEFT + COLUMNS * CELL, top, label, `${defs}\n${body.join('\n')}`);
}
