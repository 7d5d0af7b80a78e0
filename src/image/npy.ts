const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const VERSION = [1, 0];
const PREFIX_BYTES = MAGIC.length + VERSION.length + 2;
const ALIGNMENT = 64;

/**
 * Writes a C-ordered array as a NumPy file (format version 1.0, little-endian float32).
 * Source: numpy.lib.format. A v1.0 header is shorter than 64 KiB, far above any shape here.
 * @throws RangeError if the shape does not hold exactly the data.
 */
export function toNpy(data: Float32Array, shape: readonly number[]): Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== data.length) {
    throw new RangeError(`Shape [${shape.join(', ')}] holds ${size} values, not ${data.length}.`);
  }
  const header = headerFor(shape);
  const bytes = new Uint8Array(PREFIX_BYTES + header.length + 4 * data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, ...VERSION]);
  view.setUint16(MAGIC.length + VERSION.length, header.length, true);
  for (let i = 0; i < header.length; i++) bytes[PREFIX_BYTES + i] = header.charCodeAt(i);
  const start = PREFIX_BYTES + header.length;
  data.forEach((value, i) => {
    view.setFloat32(start + 4 * i, value, true);
  });
  return bytes;
}

/** The header's ASCII dictionary, padded so that the data start at a multiple of 64 bytes. */
function headerFor(shape: readonly number[]): string {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = PREFIX_BYTES + dictionary.length + 1;
  return `${dictionary}${' '.repeat(Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT - unpadded)}\n`;
}
