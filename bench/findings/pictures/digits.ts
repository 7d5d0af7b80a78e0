import { PNG } from 'pngjs';
import { escapeXml, svgDocument } from '../../support/svg';
import type { OwnDigit } from '../results';
import { round } from '../text';

const SIDE = 28;
const [CELL, ROW, COLUMNS, HEAD, LEFT] = [44, 62, 15, 26, 8];
const SHOWN = 36;

/** A grey image as the address of a PNG. */
function pngAddress(x: Float32Array): string {
  const png = new PNG({ width: SIDE, height: SIDE });
  for (let i = 0; i < x.length; i++) {
    const grey = Math.round(255 * (x[i] as number));
    png.data.set([grey, grey, grey, 255], 4 * i);
  }
  return `data:image/png;base64,${PNG.sync.write(png, { colorType: 0 }).toString('base64')}`;
}

/** The project's own digits by falling p_robust, under each what the model calls it and p_robust. */
export function digitsSvg(
  strips: readonly { readonly title: string; readonly digits: readonly OwnDigit[] }[],
) {
  let top = 0;
  const body = strips.map(({ title, digits }) => {
    const start = top;
    const rows = Math.ceil(digits.length / COLUMNS);
    top += HEAD + rows * ROW;
    const cells = digits.map(({ x, called, p }, i) => {
      const left = LEFT + (i % COLUMNS) * CELL;
      const y = start + HEAD + Math.floor(i / COLUMNS) * ROW;
      return `<image x="${left}" y="${y}" width="${SHOWN}" height="${SHOWN}" href="${pngAddress(x)}" style="image-rendering:pixelated"/><text class="small" x="${left + SHOWN / 2}" y="${y + SHOWN + 11}" text-anchor="middle">“${escapeXml(called)}” ${round(p)}</text>`;
    });
    return `<text class="title" x="${LEFT}" y="${start + 17}">${escapeXml(title)}</text>${cells.join('')}`;
  });
  const label = 'Digits drawn for this project, by falling p_robust on each model';
  return svgDocument(2 * LEFT + COLUMNS * CELL, top, label, body.join('\n'));
}
