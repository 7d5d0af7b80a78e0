import { DataError } from './errors';

/** Labels are the numbers from 0 to this one. */
export const LARGEST_LABEL = 65_535;

/**
 * Numbers of classes, checked.
 * @param name what the file with the labels is called
 * @throws DataError `wrong_format` for what is no whole number from 0 to LARGEST_LABEL
 */
export function asLabels(values: ArrayLike<number>, name: string): Uint16Array {
  const labels = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isInteger(value) || value < 0 || value > LARGEST_LABEL) {
      throw new DataError(
        'wrong_format',
        `${name} has the label ${value}; labels are whole numbers from 0 to ${LARGEST_LABEL}.`,
      );
    }
    labels[i] = value;
  }
  return labels;
}

/** Bytes of a label in files where `classes` classes are known: one up to 256 classes, two beyond. */
export const labelWidth = (classes: number): 1 | 2 => (classes <= 256 ? 1 : 2);

/** Labels as a file keeps them: `labelWidth(classes)` bytes each, little-endian. All labels are below `classes`. */
export function labelBytes(labels: Uint16Array, classes: number): Uint8Array {
  if (labelWidth(classes) === 1) return Uint8Array.from(labels);
  const view = new DataView(new ArrayBuffer(2 * labels.length));
  for (const [i, label] of labels.entries()) view.setUint16(2 * i, label, true);
  return new Uint8Array(view.buffer);
}

/** What `labelBytes` wrote. */
export function labelsFromBytes(bytes: Uint8Array, classes: number): Uint16Array {
  if (labelWidth(classes) === 1) return Uint16Array.from(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(2 * i, true));
}
