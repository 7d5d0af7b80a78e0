import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Machine } from './find-chromium';

const START_MS = 30_000;

function exists(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(
  command: string,
  args: readonly string[],
  timeoutMs: number,
  stdio: 'ignore' | 'inherit',
): Promise<boolean> {
  const windows = process.platform === 'win32';
  return new Promise((resolve) => {
    // A group of its own, so that what the command started ends with it. On Windows npx is a script for the shell.
    const child = spawn(command, args, { stdio, detached: !windows, shell: windows && command === 'npx' });
    const timer = setTimeout(() => {
      if (windows || child.pid === undefined) child.kill();
      else process.kill(-child.pid, 'SIGKILL');
    }, timeoutMs);
    const end = (ok: boolean): void => {
      clearTimeout(timer);
      resolve(ok);
    };
    child.on('error', () => end(false));
    child.on('close', (code) => end(code === 0));
  });
}

export const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  exists,
  // On Windows a browser asked for its version opens a window instead.
  starts: async (path) => process.platform === 'win32' || run(path, ['--version'], START_MS, 'ignore'),
  playwrightPath: () => chromium.executablePath(),
  run: (command, args, timeoutMs) => run(command, args, timeoutMs, 'inherit'),
  log: (message) => console.error(message),
};
