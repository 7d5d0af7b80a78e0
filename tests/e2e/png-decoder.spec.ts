import { createHash } from 'node:crypto';
import { ImageError } from '../../src/image';
import { decodePng } from '../../src/node/decode-png';
import { PNG_COLOUR_EDGES, PNG_EDGES } from '../support/png-edges';
import { PNG_KINDS } from '../support/png-kinds';
import { expect, test } from './fixtures';

const sha256 = (data: Uint8Array | Uint8ClampedArray): string =>
  createHash('sha256').update(data).digest('hex');

/** Size and hash of the pixels; null where a file is refused. */
function decoded(bytes: Buffer): string | null {
  try {
    const { width, height, data } = decodePng(bytes);
    return `${width} x ${height} ${sha256(data)}`;
  } catch (error) {
    if (error instanceof ImageError) return null;
    throw error;
  }
}

test('the command line decodes PNG files, and refuses them, as this browser does', async ({ page }) => {
  await page.goto('/');
  const files = [
    ...Object.entries(PNG_KINDS),
    ...[...PNG_EDGES, ...PNG_COLOUR_EDGES].map(({ what, bytes }) => [what, bytes] as const),
  ];
  for (const [what, bytes] of files) {
    // The steps of `decodePicture` in src/workers/image/decode.ts.
    const found = await page.evaluate(
      async (file) => {
        const options = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' } as const;
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(file)]), options).catch(() => null);
        if (bitmap === null) return null;
        const { width, height } = bitmap;
        const context = new OffscreenCanvas(width, height).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        return { width, height, data: [...(context?.getImageData(0, 0, width, height).data ?? [])] };
      },
      [...bytes],
    );
    const inBrowser = found && `${found.width} x ${found.height} ${sha256(Uint8Array.from(found.data))}`;
    expect(decoded(bytes), what).toBe(inBrowser);
  }
});
