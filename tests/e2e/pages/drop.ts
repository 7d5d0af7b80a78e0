import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Kept to the end: the page reads a file when it comes to it, which may be after it was dropped. */
const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Drops files from the disk as a hand would: the browser itself decides whether the page takes them. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'probust-e2e-'));
  folders.push(folder);
  const paths = files.map(({ name }) => join(folder, name));
  await Promise.all(files.map(({ bytes }, i) => writeFile(paths[i] as string, bytes)));
  const devtools = await page.context().newCDPSession(page);
  const { width = 2, height = 2 } = page.viewportSize() ?? {};
  const [x, y] = [width / 2, height / 2];
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await devtools.detach();
}
