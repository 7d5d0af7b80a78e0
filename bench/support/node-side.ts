import { fileURLToPath } from 'node:url';
import type { EngineMemory } from '../../src/workers/protocol';
import type { Cleanup } from './cleanup';
import { decodeFloats, encodeFloats, JsonLinesProcess } from './json-lines';
import { assertSucceeded, type EngineSide, type TimedEvent } from './side';

const CHILD = fileURLToPath(new URL('./node-child.ts', import.meta.url));

/** Starts the engine in a Node process. @param extraModels folder of models that are not on the shelf */
export async function startNodeSide(
  threads: number,
  cleanup: Cleanup,
  extraModels?: string,
): Promise<EngineSide> {
  const args = ['--expose-gc', '--import', 'tsx', CHILD, ...(extraModels === undefined ? [] : [extraModels])];
  const child = new JsonLinesProcess('Node', process.execPath, args);
  cleanup.add(() => child.close());
  return {
    name: 'Node',
    description: await child.ask<string>({ method: 'start', threads }),
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
