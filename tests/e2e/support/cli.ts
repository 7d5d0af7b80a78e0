import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../../dist-cli/probust.js', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line as a process of its own, away from the project's folder. */
export function runBuilt(args: readonly string[], interruptAt?: (err: string) => boolean): Promise<Outcome> {
  const child = spawn(process.execPath, [BUILT, ...args], { cwd: tmpdir() });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
    if (interruptAt?.(err) && !child.killed) child.kill('SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
