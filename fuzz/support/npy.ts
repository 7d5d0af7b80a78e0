import { joined, utf8 } from './bytes';
import type { Dice } from './dice';

/** NumPy files as NumPy writes and reads them, independent of the product's reader. */

interface NumberType {
  readonly bytes: number;
  read(view: DataView, at: number, little: boolean): number;
  write(view: DataView, at: number, value: number, little: boolean): void;
  /** A value that the type holds exactly. */
  value(dice: Dice): number;
}

const integer =
  (min: number, max: number) =>
  (dice: Dice): number =>
    dice.chance(0.1) ? dice.pick([min, max]) : dice.between(Math.max(min, -300), Math.min(max, 300));

export const NUMBER_TYPES: Readonly<Record<string, NumberType>> = {
  u1: {
    bytes: 1,
    read: (view, at) => view.getUint8(at),
    write: (view, at, value) => view.setUint8(at, value),
    value: integer(0, 255),
  },
  i1: {
    bytes: 1,
    read: (view, at) => view.getInt8(at),
    write: (view, at, value) => view.setInt8(at, value),
    value: integer(-128, 127),
  },
  u2: {
    bytes: 2,
    read: (view, at, little) => view.getUint16(at, little),
    write: (view, at, value, little) => view.setUint16(at, value, little),
    value: integer(0, 65_535),
  },
  i2: {
    bytes: 2,
    read: (view, at, little) => view.getInt16(at, little),
    write: (view, at, value, little) => view.setInt16(at, value, little),
    value: integer(-32_768, 32_767),
  },
  u4: {
    bytes: 4,
    read: (view, at, little) => view.getUint32(at, little),
    write: (view, at, value, little) => view.setUint32(at, value, little),
    value: integer(0, 2 ** 32 - 1),
  },
  i4: {
    bytes: 4,
    read: (view, at, little) => view.getInt32(at, little),
    write: (view, at, value, little) => view.setInt32(at, value, little),
    value: integer(-(2 ** 31), 2 ** 31 - 1),
  },
  u8: {
    bytes: 8,
    read: (view, at, little) => Number(view.getBigUint64(at, little)),
    write: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
    value: integer(0, 2 ** 53 - 1),
  },
  i8: {
    bytes: 8,
    read: (view, at, little) => Number(view.getBigInt64(at, little)),
    write: (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
    value: integer(-(2 ** 53) + 1, 2 ** 53 - 1),
  },
  f4: {
    bytes: 4,
    read: (view, at, little) => view.getFloat32(at, little),
    write: (view, at, value, little) => view.setFloat32(at, value, little),
    value: (dice) => Math.fround(dice.real(-2, 2)),
  },
  f8: {
    bytes: 8,
    read: (view, at, little) => view.getFloat64(at, little),
    write: (view, at, value, little) => view.setFloat64(at, value, little),
    value: (dice) => dice.real(-2, 2),
  },
};

export type TypeName = keyof typeof NUMBER_TYPES;

export interface NpyForm {
  readonly type: TypeName;
  readonly little: boolean;
  /** Format version, 1 to 3. */
  readonly version: 1 | 2 | 3;
  /** Bytes that the beginning of the values is a multiple of. */
  readonly alignment: number;
  readonly fortran: boolean;
}

export const PLAIN: NpyForm = { type: 'f4', little: true, version: 1, alignment: 64, fortran: false };

const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);

const typeCode = ({ type, little }: NpyForm): string =>
  `${NUMBER_TYPES[type]?.bytes === 1 ? '|' : little ? '<' : '>'}${type}`;

function headerText(form: NpyForm, shape: readonly number[], dice: Dice | null): string {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const fields = [
    `'descr': '${typeCode(form)}'`,
    `'fortran_order': ${form.fortran ? 'True' : 'False'}`,
    `'shape': ${tuple}`,
  ];
  return `{${(dice?.shuffled(fields) ?? fields).join(', ')}, }`;
}

/** A NumPy file of the values, row-major. @param dice for the order of the header's fields; null: as NumPy writes them */
export function npyFile(
  values: ArrayLike<number>,
  shape: readonly number[],
  form: NpyForm = PLAIN,
  dice: Dice | null = null,
): Uint8Array {
  const type = NUMBER_TYPES[form.type] as NumberType;
  const prefix = MAGIC.length + 2 + (form.version === 1 ? 2 : 4);
  const text = headerText(form, shape, dice);
  const { alignment } = form;
  const length = Math.ceil((prefix + text.length + 1) / alignment) * alignment - prefix;
  const sizes = new DataView(new ArrayBuffer(form.version === 1 ? 2 : 4));
  if (form.version === 1) sizes.setUint16(0, length, true);
  else sizes.setUint32(0, length, true);
  const data = new DataView(new ArrayBuffer(type.bytes * values.length));
  for (let i = 0; i < values.length; i++) type.write(data, i * type.bytes, values[i] as number, form.little);
  return joined(
    MAGIC,
    Uint8Array.of(form.version, 0),
    new Uint8Array(sizes.buffer),
    utf8(`${text.padEnd(length - 1)}\n`),
    new Uint8Array(data.buffer),
  );
}

/** Values and shape of a NumPy file in C order by a strict reading of the format; null where it is none. */
export function readNpyStrictly(
  bytes: Uint8Array,
): { readonly shape: number[]; readonly values: number[]; readonly code: string } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (!MAGIC.every((byte, i) => bytes[i] === byte) || version < 1 || version > 3 || bytes.length < 12)
    return null;
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const field = `'(descr|fortran_order|shape)': ('[<>|][uif][1248]'|True|False|\\((?:\\d+,|\\d+(?:, ?\\d+)+,?)?\\))`;
  const match = new RegExp(`^\\{${field}, ?${field}, ?${field},? ?\\} *\\n$`).exec(header);
  if (match === null || start + length > bytes.length) return null;
  const fields = new Map([1, 3, 5].map((i) => [match[i] ?? '', match[i + 1] ?? '']));
  const [code, order, tuple] = ['descr', 'fortran_order', 'shape'].map((name) => fields.get(name) ?? '');
  const type = NUMBER_TYPES[code?.slice(2, 4) ?? ''];
  if (type === undefined || order !== 'False' || !tuple?.startsWith('(')) return null;
  const shape = (tuple.match(/\d+/g) ?? []).map(Number);
  const size = shape.reduce((product, each) => product * each, 1);
  const at = start + length;
  if (bytes.length - at !== size * type.bytes) return null;
  const values = Array.from({ length: size }, (_, i) =>
    type.read(view, at + i * type.bytes, code?.[1] !== '>'),
  );
  return { shape, values, code: code?.slice(1, 4) ?? '' };
}
