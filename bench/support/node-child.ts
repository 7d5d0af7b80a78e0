/** The engine in a Node process of its own, since tfjs has one backend a process. Started by node-side.ts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { folderReader, modelsFolder } from '../../src/node/engine';
import type { BackendRequest } from '../../src/workers/backend-info';
import { createEngine } from '../../src/workers/engine/engine';
import type { MeasureRequest, PassRequest } from '../../src/workers/protocol/batch';
import type { SweepJob } from '../../src/workers/protocol/sweep';
import { type KernelGroup, leaveToTfjs } from '../../src/workers/tfjs/kernels/groups';
import { answerLines, decodeFloats, encodeFloats, type Question } from './json-lines';
import type { TimedEvent } from './side';

/** Where models are looked for before the bundled ones. */
const [extraModels] = process.argv.slice(2);

const engine = createEngine({
  readerOf(id) {
    const isExtra = extraModels !== undefined && existsSync(join(extraModels, id));
    return folderReader(id, isExtra ? extraModels : modelsFolder);
  },
});

type Encoded<T> = Omit<T, 'x' | 'inputs'> & { readonly floats: string };

async function answer({ method, ...given }: Question): Promise<unknown> {
  switch (method) {
    case 'start':
      leaveToTfjs(given.stockKernels as KernelGroup[]);
      return (
        await engine.start({
          backend: given.backend as BackendRequest,
          threads: given.threads as number,
          sharesLinearisations: false,
        })
      ).reason;
    case 'evaluate': {
      const { floats, ...rest } = given as unknown as Encoded<PassRequest>;
      return encodeFloats(await engine.evaluate({ ...rest, inputs: decodeFloats(floats) }));
    }
    case 'kernels': {
      const { floats, ...rest } = given as unknown as Encoded<PassRequest>;
      const request = { ...rest, inputs: decodeFloats(floats) };
      // The first pass loads the model and warms both passes up.
      await engine.evaluate(request);
      const { kernelNames } = await tf.profile(async () => {
        await engine.evaluate(request);
        return [];
      });
      return kernelNames;
    }
    case 'measure':
      return engine.measure(given as unknown as MeasureRequest);
    case 'sweep': {
      const { floats, ...rest } = given as unknown as Encoded<SweepJob>;
      const events: TimedEvent[] = [];
      const start = performance.now();
      await engine.run({ ...rest, x: decodeFloats(floats) }, (event) =>
        events.push({ ms: performance.now() - start, event }),
      );
      return events;
    }
    case 'memory':
      return engine.memory();
    case 'js_heap': {
      // Array buffers are let go after the collection that finds them, not during it.
      globalThis.gc?.();
      await new Promise(setImmediate);
      globalThis.gc?.();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    }
    default:
      throw new Error(`there is no method ${method}`);
  }
}

void answerLines(answer);
