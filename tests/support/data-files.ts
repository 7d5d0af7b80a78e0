/** Files in the official forms of data sets, with values that name themselves. */

/** An IDX file of unsigned bytes. */
export function idxFile(shape: readonly number[], values: ArrayLike<number>): Buffer {
  const header = Buffer.alloc(4 * (shape.length + 1));
  header.writeUInt32BE(0x0800 + shape.length, 0);
  shape.forEach((length, i) => {
    header.writeUInt32BE(length, 4 * (i + 1));
  });
  return Buffer.concat([header, Uint8Array.from(values)]);
}

/** Grey digits of 28x28 as a pair of IDX files; `pixel` gives the values of image i. */
export function mnistFiles(
  labels: readonly number[],
  pixel: (image: number, x: number, y: number) => number,
): { images: Buffer; labels: Buffer } {
  const values = labels.flatMap((_, i) =>
    Array.from({ length: 784 }, (_, p) => pixel(i, p % 28, Math.floor(p / 28))),
  );
  return { images: idxFile([labels.length, 28, 28], values), labels: idxFile([labels.length], labels) };
}

/** A file of CIFAR-10's binary version. */
export function cifarFile(
  labels: readonly number[],
  pixel: (image: number, x: number, y: number, channel: number) => number,
): Buffer {
  return Buffer.concat(
    labels.map((label, i) => {
      const record = Buffer.alloc(3073);
      record[0] = label;
      for (let c = 0; c < 3; c++) {
        for (let p = 0; p < 1024; p++) record[1 + 1024 * c + p] = pixel(i, p % 32, Math.floor(p / 32), c);
      }
      return record;
    }),
  );
}
