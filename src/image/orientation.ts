import type { RgbaImage } from './types';

/** How a picture is to be turned, as Exif numbers it: 1 as it is, 2 mirrored, 3 upside down, 4 both, 5 to 8 on its side. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x0112;
/** Where the directory of Exif's own tags lies. */
const EXIF_DIRECTORY_TAG = 0x8769;
const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;
const BYTE_ORDERS: Readonly<Record<number, boolean>> = { 18761: true, 19789: false };

/**
 * Reads the orientation out of Exif data as they stand in a PNG's eXIf chunk, from the byte order on (Exif 2.32, section
 * 4.6). What is damaged or says nothing is 1, as Chromium takes it: the first valid value counts, in the first directory or
 * in that of Exif's own tags.
 */
export function exifOrientation(exif: Uint8Array): Orientation {
  if (exif.length < 8) return 1;
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  const isLittle = BYTE_ORDERS[view.getUint16(0)];
  if (isLittle === undefined || view.getUint16(2, isLittle) !== 42) return 1;
  return inDirectory(view, view.getUint32(4, isLittle), isLittle, true) ?? 1;
}

function inDirectory(view: DataView, start: number, isLittle: boolean, isFirst: boolean): Orientation | null {
  if (start < 8 || start + 2 > view.byteLength) return null;
  const count = view.getUint16(start, isLittle);
  for (let i = 0; i < count; i++) {
    const at = start + 2 + ENTRY_BYTES * i;
    if (at + ENTRY_BYTES > view.byteLength) return null;
    const tag = view.getUint16(at, isLittle);
    const type = view.getUint16(at + 2, isLittle);
    if (view.getUint32(at + 4, isLittle) !== 1) continue;
    if (tag === ORIENTATION_TAG && type === SHORT) {
      const value = view.getUint16(at + 8, isLittle);
      if (value >= 1 && value <= 8) return value as Orientation;
    }
    if (tag === EXIF_DIRECTORY_TAG && type === LONG && isFirst) {
      const found = inDirectory(view, view.getUint32(at + 8, isLittle), isLittle, false);
      if (found !== null) return found;
    }
  }
  return null;
}

/** Turns a picture upright. */
export function turned(image: RgbaImage, orientation: Orientation): RgbaImage {
  if (orientation === 1) return image;
  const { width, height, data } = image;
  const isOnSide = orientation >= 5;
  const [newWidth, newHeight] = isOnSide ? [height, width] : [width, height];
  const result = new Uint8ClampedArray(data.length);
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(result.buffer);
  // Which edge of the stored picture the turned one's left and top edge come from.
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++) {
      const [column, row] = isOnSide ? [y, x] : [x, y];
      const sourceX = fromRight ? width - 1 - column : column;
      const sourceY = fromBottom ? height - 1 - row : row;
      to[y * newWidth + x] = from[sourceY * width + sourceX] as number;
    }
  }
  return { width: newWidth, height: newHeight, data: result };
}
