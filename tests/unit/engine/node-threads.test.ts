import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cleanup } from '../../../bench/support/cleanup';
import { type NodeSide, startNodeSide } from '../../../bench/support/node-side';
import { NormalSource } from '../../../src/estimators/noise/gaussian';
import type { Pass } from '../../../src/workers/backend-info';

const cleanup = new Cleanup();
let one: NodeSide;
let two: NodeSide;

beforeAll(async () => {
  one = await startNodeSide(cleanup, { threads: 1 });
  two = await startNodeSide(cleanup, { threads: 2 });
});
afterAll(() => cleanup.run());

describe('wasm threads in Node', () => {
  it('run, and the report says so', () => {
    expect(one.description).toContain('WebAssembly on one thread');
    expect(two.description).toContain('WebAssembly with 2 threads');
  });

  it.each(['mnist-mlp', 'mnist-cnn'])('%s: give what one thread gives', async (modelId) => {
    const inputs = new Float32Array(20 * 784);
    new NormalSource(7, 1).fill(0, inputs);
    for (const pass of ['forward', 'input_gradient'] as Pass[]) {
      const found = await two.evaluate({ modelId, pass, inputs });
      const wanted = await one.evaluate({ modelId, pass, inputs });
      // The same float32 sums, in another order at most.
      const largest = Math.max(...wanted.map(Math.abs));
      expect(largest).toBeGreaterThan(0);
      expect(found.length).toBe(wanted.length);
      expect(Math.max(...found.map((value, i) => Math.abs(value - (wanted[i] as number))))).toBeLessThan(
        1e-5 * largest,
      );
    }
  });

  it('name the kernels of a pass, and those of a gradient for a gradient alone', async () => {
    const kernels = (pass: Pass) =>
      one.kernels({ modelId: 'mnist-cnn', pass, inputs: new Float32Array(784).fill(0.5) });
    const [forward, backward] = [await kernels('forward'), await kernels('input_gradient')];
    expect(forward).toContain('FusedConv2D');
    expect(forward).not.toContain('Conv2DBackpropInput');
    expect(backward).toEqual(expect.arrayContaining(['FusedConv2D', 'Conv2DBackpropInput']));
  });

  it('let the process end when its work is done', () => {
    const url = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);
    const script = `
      await import(${url('src/node/engine.ts')});
      const { startBackend } = await import(${url('src/workers/tfjs/backend.ts')});
      console.log((await startBackend('wasm', 2)).reason);
      console.log('left:', process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length);`;
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      { cwd: fileURLToPath(new URL('../../..', import.meta.url)), encoding: 'utf8', timeout: 60_000 },
    );
    expect(stdout).toContain('with 2 threads');
    // A timer that waits for nothing any more would hold the process until it goes off.
    expect(stdout).toContain('left: 0');
    expect(status).toBe(0);
  });
});
