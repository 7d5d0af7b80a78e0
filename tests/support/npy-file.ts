const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A NumPy file of any type, as numpy.save writes it. @param kind as <i8 @param values the array's bytes */
export function npyFile(kind: string, shape: readonly number[], values: Uint8Array): Uint8Array {
  const dictionary = `{'descr': '${kind}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = ascii(`${dictionary.padEnd(117)}\n`);
  const prefix = [0x93, ...ascii('NUMPY'), 1, 0, header.length, 0];
  return Uint8Array.from([...prefix, ...header, ...values]);
}
