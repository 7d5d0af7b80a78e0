import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PictureFile } from '../support/pictures';

/** Kept to the end: the page reads a file when it comes to it, which may be after it was dropped. */
const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Drops a file from the disk as a hand would: the browser itself decides whether the page takes it. */
export async function dropFile(page: Page, { name, bytes }: PictureFile): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'probust-e2e-'));
  folders.push(folder);
  const path = join(folder, name);
  await writeFile(path, bytes);
  const devtools = await page.context().newCDPSession(page);
  const { width = 2, height = 2 } = page.viewportSize() ?? {};
  const [x, y] = [width / 2, height / 2];
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await devtools.detach();
}
