import { gunzipSync, unzipSync } from 'fflate';
import type { NamedBytes } from './datasets';
import { DataError } from './errors';

/** More does not fit beside the model in a browser's memory. */
const MOST_BYTES = 1e9;

const startsWith = (bytes: Uint8Array, ...magic: number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

const damaged = (name: string, cause: unknown): DataError =>
  new DataError('truncated', `${name} is damaged or cut off; fetch it anew.`, { cause });

/** What is in a gzip file or a zip, archives within it opened too; any other file as it is. Throws DataError. */
export function unpacked({ name, bytes }: NamedBytes): NamedBytes[] {
  if (startsWith(bytes, 0x1f, 0x8b)) {
    try {
      return unpacked({ name: name.replace(/\.gz$/i, ''), bytes: gunzipSync(bytes) });
    } catch (cause) {
      throw cause instanceof DataError ? cause : damaged(name, cause);
    }
  }
  if (!startsWith(bytes, 0x50, 0x4b)) return [{ name, bytes }];
  return entriesOf({ name, bytes }).flatMap(unpacked);
}

function entriesOf({ name, bytes }: NamedBytes): NamedBytes[] {
  let total = 0;
  const isWanted = (path: string): boolean => !path.endsWith('/') && !/(^|\/)(__MACOSX|\.)/.test(path);
  try {
    // A look before anything is unpacked.
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        return false;
      },
    });
    if (total <= MOST_BYTES) {
      const found = unzipSync(bytes, { filter: (entry) => isWanted(entry.name) });
      return Object.entries(found).map(([path, content]) => ({ name: path, bytes: content }));
    }
  } catch (cause) {
    throw damaged(name, cause);
  }
  throw new DataError('wrong_format', `${name} unpacks to more than 1 GB; take a part of the images.`);
}
