import { unzipSync } from 'fflate';
import { EngineError } from '../../errors';
import { assertModelSize, type OwnFile } from './own-file';

export function isZip({ bytes }: OwnFile): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** The files of a zip. Throws EngineError model_too_large before anything is unpacked, or model_incomplete. */
export function unpack({ path, bytes }: OwnFile): OwnFile[] {
  let total = 0;
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        return false;
      },
    });
  } catch (cause) {
    throw damaged(path, cause);
  }
  assertModelSize(total);
  try {
    return Object.entries(unzipSync(bytes))
      .filter(([name]) => !name.endsWith('/'))
      .map(([name, content]) => ({ path: name, bytes: content }));
  } catch (cause) {
    throw damaged(path, cause);
  }
}

function damaged(path: string, cause: unknown): EngineError {
  return new EngineError(
    'model_incomplete',
    `${path} is a damaged zip, or only a part of one; download it again.`,
    {
      cause,
    },
  );
}
