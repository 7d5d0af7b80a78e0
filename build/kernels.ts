/**
 * tsx build/kernels.ts
 * Compiles assembly/ to assembly/build/*.wasm: with and without threads, with and without relaxed SIMD. npm runs it
 * after an installation and before what needs it; what is newer than its sources is left alone.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../assembly', import.meta.url));

const BASE = ['--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd', '--disableWarning', '112'];
const MEMORY = ['--importMemory', '--noExportMemory'];
const THREADS = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
const RELAXED = ['--enable', 'relaxed-simd'];

const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  'kernels.wasm': [],
  'kernels-relaxed.wasm': RELAXED,
  'kernels-threads.wasm': THREADS,
  'kernels-threads-relaxed.wasm': [...THREADS, ...RELAXED],
};

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
const newest = Math.max(
  ...[...sources.map((name) => join(folder, name)), fileURLToPath(import.meta.url)].map(modified),
);

for (const [name, flags] of Object.entries(VARIANTS)) {
  if (modified(join(folder, 'build', name)) > newest) continue;
  // The compiler takes seconds to load, and mostly there is nothing to compile.
  const { default: asc } = await import('assemblyscript/asc');
  const { error, stderr } = await asc.main([
    'index.ts',
    '--baseDir',
    folder,
    '--outFile',
    `build/${name}`,
    ...BASE,
    ...MEMORY,
    ...flags,
  ]);
  if (error !== null) {
    console.error(stderr.toString());
    throw error;
  }
}
