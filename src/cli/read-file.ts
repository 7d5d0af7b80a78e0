import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { cannotRead } from './output';

const tooLarge = (): Error => Object.assign(new Error('too large'), { code: 'EFBIG' });

/**
 * Reads a file, a device or a pipe to its end. Throws a CliError if it cannot be read or is longer than `mostBytes`,
 * before more than that is read.
 */
export async function readBounded(path: string, mostBytes: number): Promise<Buffer<ArrayBuffer>> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw tooLarge();
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > mostBytes) throw tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } catch (error) {
    throw cannotRead(path, error);
  }
}
