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

async function onDisk(files: readonly DroppedFile[]): Promise<{ folder: string; paths: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'probust-e2e-'));
  folders.push(folder);
  const paths = files.map(({ name }) => join(folder, name));
  await Promise.all(files.map(({ bytes }, i) => writeFile(paths[i] as string, bytes)));
  return { folder, paths };
}

/** Drops from the disk as a hand would: the browser itself decides whether the page takes it. */
async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { width = 2, height = 2 } = page.viewportSize() ?? {};
  const [x, y] = [width / 2, height / 2];
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await devtools.detach();
}

export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  await dropPaths(page, (await onDisk(files)).paths);
}

/** Drops the folder that holds the files. */
export async function dropFolder(page: Page, files: readonly DroppedFile[]): Promise<void> {
  await dropPaths(page, [(await onDisk(files)).folder]);
}
