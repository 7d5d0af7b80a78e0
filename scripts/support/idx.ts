import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface LabelledDigits {
  /** Row-major pixels in [0, 1], `size` values a digit. */
  readonly images: Float32Array;
  readonly labels: Uint8Array;
  readonly size: number;
}

async function readFirst(folder: string, names: readonly string[]): Promise<{ name: string; bytes: Buffer }> {
  for (const name of names) {
    try {
      const bytes = await readFile(join(folder, name));
      return { name, bytes: name.endsWith('.gz') ? gunzipSync(bytes) : bytes };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`none of ${names.join(', ')} is in ${folder}`);
}

/** Header words of an IDX file of unsigned bytes, checked against the length of the file. */
function idxShape(name: string, bytes: Buffer, dimensions: number): number[] {
  if (bytes.length < 4 * (dimensions + 1) || bytes.readUInt32BE(0) !== 0x0800 + dimensions) {
    throw new Error(`${name} is not an IDX file of ${dimensions} dimensions of bytes`);
  }
  const shape = Array.from({ length: dimensions }, (_, i) => bytes.readUInt32BE(4 * (i + 1)));
  const wanted = 4 * (dimensions + 1) + shape.reduce((product, n) => product * n, 1);
  if (bytes.length !== wanted)
    throw new Error(`${name} has ${bytes.length} bytes; its header asks for ${wanted}`);
  return shape;
}

/** The MNIST test set from `folder`, under its official names or as test-*, gzipped or not. */
export async function readMnistTest(folder: string): Promise<LabelledDigits> {
  const variants = (kind: string) =>
    ['test', 't10k'].flatMap((prefix) => [`${prefix}-${kind}-ubyte.gz`, `${prefix}-${kind}-ubyte`]);
  const images = await readFirst(folder, variants('images-idx3'));
  const labels = await readFirst(folder, variants('labels-idx1'));
  const [count = 0, rows = 0, columns = 0] = idxShape(images.name, images.bytes, 3);
  const [labelCount] = idxShape(labels.name, labels.bytes, 1);
  if (labelCount !== count) throw new Error(`${count} images but ${labelCount} labels in ${folder}`);
  return {
    images: Float32Array.from(images.bytes.subarray(16), (byte) => byte / 255),
    labels: new Uint8Array(labels.bytes.subarray(8)),
    size: rows * columns,
  };
}
