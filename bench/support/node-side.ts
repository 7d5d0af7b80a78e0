import { fileURLToPath } from 'node:url';
import type { EngineMemory } from '../../src/workers/protocol';
import type { Cleanup } from './cleanup';
import { decodeFloats, encodeFloats, JsonLinesProcess } from './json-lines';
import { assertSucceeded, type EngineSide, type TimedEvent } from './side';

const CHILD = fileURLToPath(new URL('./node-child.ts', import.meta.url));

const INSTALL_WEBGPU = new URL('../gpu/install-webgpu.ts', import.meta.url).href;

/**
 * Starts the engine in a Node process. @param extraModels folder of models that are not on the shelf
 * @param backend WebGPU is that of the npm package `webgpu`, which has to be there
 */
export async function startNodeSide(
  threads: number,
  cleanup: Cleanup,
  extraModels?: string,
  backend: 'wasm' | 'webgpu' = 'wasm',
): Promise<EngineSide> {
  const webGpu = backend === 'webgpu' ? ['--import', INSTALL_WEBGPU] : [];
  const extra = extraModels === undefined ? [] : [extraModels];
  const args = ['--expose-gc', '--import', 'tsx', ...webGpu, CHILD, ...extra];
  const child = new JsonLinesProcess('Node', process.execPath, args);
  cleanup.add(() => child.close());
  return {
    name: 'Node',
    description: await child.ask<string>({ method: 'start', threads, backend }),
    evaluate: async ({ inputs, ...rest }) =>
      decodeFloats(await child.ask<string>({ method: 'evaluate', ...rest, floats: encodeFloats(inputs) })),
    measure: (request) => child.ask<number[]>({ method: 'measure', ...request }),
    sweep: async ({ x, ...rest }) => {
      const events = await child.ask<TimedEvent[]>({ method: 'sweep', ...rest, floats: encodeFloats(x) });
      assertSucceeded(events);
      return events;
    },
    memory: () => child.ask<EngineMemory>({ method: 'memory' }),
    jsHeap: () => child.ask<number>({ method: 'js_heap' }),
  };
}
