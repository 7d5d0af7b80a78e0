import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { threadedWasm } from '../../../build/threaded-wasm';

const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
const path = join(folder, 'wasm-out', 'tfjs-backend-wasm-threaded-simd.js');

function transform(code: string, id: string): { code: string } | null {
  const { transform: hook } = threadedWasm();
  const context = {
    error(message: string) {
      throw new Error(message);
    },
  };
  return (hook as (this: typeof context, code: string, id: string) => { code: string } | null).call(
    context,
    code,
    id,
  );
}

describe('the threaded-wasm plugin', () => {
  it('takes the variable of the enclosing function out of the text that threads run', async () => {
    const code = await readFile(path, 'utf8');
    const factory = (text: string) => text.slice(text.indexOf('function(WasmBackendModuleThreadedSimd)'));
    expect(factory(code)).toContain('typeof _scriptDir');
    expect(factory(transform(code, `${path}?v=1`)?.code as string)).not.toContain('typeof _scriptDir');
  });

  it('leaves other modules alone and fails loudly when the text is not found', () => {
    expect(transform('x', '/a/other.js')).toBeNull();
    expect(() => transform('x', path)).toThrow(/has changed/);
  });
});
