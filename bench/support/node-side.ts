import { fileURLToPath } from 'node:url';
import type { EngineMemory } from '../../src/workers/backend-info';
import type { PassRequest } from '../../src/workers/protocol/batch';
import type { KernelGroup } from '../../src/workers/tfjs/kernels/groups';
import type { Cleanup } from './cleanup';
import { decodeFloats, encodeFloats, JsonLinesProcess } from './json-lines';
import { assertSucceeded, type EngineSide, type TimedEvent } from './side';

const CHILD = fileURLToPath(new URL('./node-child.ts', import.meta.url));

const INSTALL_WEBGPU = new URL('../gpu/install-webgpu.ts', import.meta.url).href;

interface NodeSideOptions {
  readonly name?: string;
  /** Threads of the engine; 1 unless said. */
  readonly threads?: number;
  /** Folder of the models that are not among the bundled ones. */
  readonly extraModels?: string;
  /** WebGPU is that of the npm package `webgpu`, which has to be installed; wasm unless said. */
  readonly backend?: 'wasm' | 'webgpu';
  /** Groups of kernels for which the side uses those of tfjs. */
  readonly stockKernels?: readonly KernelGroup[];
}

export interface NodeSide extends EngineSide {
  /** Names of the tfjs kernels that one pass runs. */
  kernels(request: PassRequest): Promise<string[]>;
}

/** Starts the engine in a Node process, which `cleanup` ends. */
export async function startNodeSide(
  cleanup: Cleanup,
  { name = 'Node', threads = 1, extraModels, backend = 'wasm', stockKernels = [] }: NodeSideOptions = {},
): Promise<NodeSide> {
  const webGpu = backend === 'webgpu' ? ['--import', INSTALL_WEBGPU] : [];
  const extra = extraModels === undefined ? [] : [extraModels];
  const args = ['--expose-gc', '--import', 'tsx', ...webGpu, CHILD, ...extra];
  const child = new JsonLinesProcess(name, process.execPath, args);
  cleanup.add(() => child.close());
  return {
    name,
    description: await child.ask<string>({ method: 'start', threads, backend, stockKernels }),
    evaluate: async ({ inputs, ...rest }) =>
      decodeFloats(await child.ask<string>({ method: 'evaluate', ...rest, floats: encodeFloats(inputs) })),
    kernels: ({ inputs, ...rest }) =>
      child.ask<string[]>({ method: 'kernels', ...rest, floats: encodeFloats(inputs) }),
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
