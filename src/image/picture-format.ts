/** Formats of pictures that are told apart by their first bytes, whatever a file is called. */
export type PictureFormat =
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'bmp'
  | 'ico'
  | 'avif'
  | 'svg'
  | 'tiff'
  | 'heic'
  | 'jpeg-xl'
  | 'jpeg-2000'
  | 'photoshop'
  | 'netpbm'
  | 'qoi'
  | 'dicom';

interface FormatFacts {
  /** As people call it. */
  readonly name: string;
  /** Whether browsers decode its pixels from a file of this format alone. */
  readonly isDecoded: boolean;
}

export const PICTURE_FORMATS: Readonly<Record<PictureFormat, FormatFacts>> = {
  png: { name: 'PNG', isDecoded: true },
  jpeg: { name: 'JPEG', isDecoded: true },
  gif: { name: 'GIF', isDecoded: true },
  webp: { name: 'WebP', isDecoded: true },
  bmp: { name: 'BMP', isDecoded: true },
  ico: { name: 'ICO', isDecoded: true },
  avif: { name: 'AVIF', isDecoded: true },
  svg: { name: 'SVG', isDecoded: false },
  tiff: { name: 'TIFF', isDecoded: false },
  heic: { name: 'HEIC', isDecoded: false },
  'jpeg-xl': { name: 'JPEG XL', isDecoded: false },
  'jpeg-2000': { name: 'JPEG 2000', isDecoded: false },
  photoshop: { name: 'Photoshop', isDecoded: false },
  netpbm: { name: 'Netpbm', isDecoded: false },
  qoi: { name: 'QOI', isDecoded: false },
  dicom: { name: 'DICOM', isDecoded: false },
};

/** Bytes at a file's start that tell every format but SVG, which may begin with a long comment. */
const LOOKED_AT = 160;
const LOOKED_AT_SVG = 4096;

/** Sizes of the header that follows a BMP's first 14 bytes, one a version of the format. */
const BMP_HEADERS: ReadonlySet<number> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

const JXL_BOX = [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20, 13, 10, 0x87, 10];
const JP2_BOX = [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 13, 10, 0x87, 10];

/** A file's bytes, and the first of them as letters of one byte each. */
interface Start {
  readonly bytes: Uint8Array;
  readonly text: string;
}

const lettersOf = (bytes: Uint8Array, count: number): string =>
  String.fromCharCode(...bytes.subarray(0, count));

const begins = ({ bytes }: Start, ...magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

/** BM alone begins many a text; the header's version and two reserved zeros must be there as well. */
function isBmp({ bytes, text }: Start): boolean {
  if (!text.startsWith('BM') || bytes.length < 18) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(6, true) === 0 && BMP_HEADERS.has(view.getUint32(14, true));
}

/** An icon or a cursor: at least one entry, whose fourth byte is reserved. */
const isIco = (start: Start): boolean =>
  start.bytes.length >= 22 &&
  (begins(start, 0, 0, 1, 0) || begins(start, 0, 0, 2, 0)) &&
  (start.bytes[4] as number) + (start.bytes[5] as number) > 0 &&
  start.bytes[9] === 0;

/** Brands of an ISO base media file, the main one first; none for any other file. */
function brandsOf({ bytes, text }: Start): string[] {
  if (text.slice(4, 8) !== 'ftyp') return [];
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const end = Math.min(length, text.length);
  const brands = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text.slice(at, at + 4));
  return brands;
}

/** What may come before the element of an SVG: blank space, declarations and comments, which end as told here. */
const BEFORE_SVG: readonly (readonly [start: string, end: string])[] = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!', '>'],
];

function isSvg({ bytes, text }: Start): boolean {
  if (!/^(\u00ef\u00bb\u00bf)?\s*</.test(text)) return false;
  let rest = lettersOf(bytes, LOOKED_AT_SVG)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  for (;;) {
    const before = BEFORE_SVG.find(([start]) => rest.startsWith(start));
    if (before === undefined) return /^<(\w+:)?svg[\s>/]/i.test(rest);
    const end = rest.indexOf(before[1]);
    if (end < 0) return false;
    rest = rest.slice(end + before[1].length).trimStart();
  }
}

const TESTS: readonly (readonly [PictureFormat, (start: Start) => boolean])[] = [
  ['png', (start) => begins(start, 0x89, 0x50, 0x4e, 0x47, 13, 10, 0x1a, 10)],
  ['jpeg', (start) => begins(start, 0xff, 0xd8, 0xff)],
  ['gif', ({ text }) => /^GIF8[79]a/.test(text)],
  ['webp', ({ text }) => text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP'],
  ['bmp', isBmp],
  ['ico', isIco],
  ['avif', (start) => brandsOf(start).some((brand) => /^avi[fs]$/.test(brand))],
  ['heic', (start) => brandsOf(start).some((brand) => /^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(brand))],
  ['tiff', ({ text }) => /^(II[*+]\0|MM\0[*+])/.test(text)],
  ['jpeg-xl', (start) => begins(start, 0xff, 0x0a) || begins(start, ...JXL_BOX)],
  ['jpeg-2000', (start) => begins(start, ...JP2_BOX) || begins(start, 0xff, 0x4f, 0xff, 0x51)],
  ['photoshop', ({ text }) => text.startsWith('8BPS')],
  ['netpbm', ({ text }) => /^P[1-7]\s+(#|\d|WIDTH)/.test(text)],
  ['qoi', ({ text }) => text.startsWith('qoif')],
  ['dicom', ({ text }) => text.slice(128, 132) === 'DICM'],
  ['svg', isSvg],
];

/** The format of a picture by its first bytes; null for what is no picture. The rest may still be damaged. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | null {
  const start = { bytes, text: lettersOf(bytes, LOOKED_AT) };
  return TESTS.find(([, test]) => test(start))?.[0] ?? null;
}
