import type { Remote } from 'comlink';
import type { BackendRequest } from '../../src/workers/backend-info';
import type { EngineApi } from '../../src/workers/protocol/engine';
import type { JobEvent } from '../../src/workers/protocol/sweep';
import type { BuiltPage } from './built-page';
import { assertSucceeded, type EngineSide, type TimedEvent } from './side';
import { workerHeapReader } from './worker-heap';

/** What page/bench.html has put there, and the engines that were started. */
interface BenchWindow {
  readonly comlink: typeof import('comlink');
  readonly engines: Remote<EngineApi>[];
}

/** Starts one more instance of the built engine worker in the page. */
export async function startChromiumSide(
  { page, workerUrl, modelsUrl }: BuiltPage,
  threads: number,
  backend: BackendRequest = 'wasm',
): Promise<EngineSide> {
  const [index, description] = await page.evaluate(
    async ({ url, options }) => {
      const { comlink, engines } = window as unknown as BenchWindow;
      const engine = comlink.wrap<EngineApi>(new Worker(url, { type: 'module' }));
      engines.push(engine);
      return [engines.length - 1, (await engine.start(options)).reason] as const;
    },
    { url: workerUrl, options: { backend, threads, modelsUrl, sharesLinearisations: false } },
  );
  let readHeap: (() => Promise<number>) | undefined;
  return {
    name: 'Chromium',
    description,
    evaluate: async ({ inputs, ...rest }) => {
      const values = await page.evaluate(
        async ({ at, request, floats }) => {
          const engine = (window as unknown as BenchWindow).engines[at];
          if (engine === undefined) throw new Error('the page was reloaded');
          return [...(await engine.evaluate({ ...request, inputs: new Float32Array(floats) }))];
        },
        { at: index, request: rest, floats: [...inputs] },
      );
      return Float32Array.from(values);
    },
    measure: (request) =>
      page.evaluate(
        async ({ at, given }) => {
          const engine = (window as unknown as BenchWindow).engines[at];
          if (engine === undefined) throw new Error('the page was reloaded');
          return engine.measure(given);
        },
        { at: index, given: request },
      ),
    sweep: async ({ x, ...rest }) => {
      const events = await page.evaluate(
        async ({ at, job, floats }) => {
          const { comlink, engines } = window as unknown as BenchWindow;
          const engine = engines[at];
          if (engine === undefined) throw new Error('the page was reloaded');
          const seen: TimedEvent[] = [];
          const start = performance.now();
          // Events come on a way of their own and may be behind the end of the run.
          await new Promise<void>((resolve, reject) => {
            const emit = comlink.proxy((event: JobEvent) => {
              seen.push({ ms: performance.now() - start, event });
              if (event.type === 'done' || event.type === 'error') resolve();
            });
            engine.run({ ...job, x: new Float32Array(floats) }, emit).catch(reject);
          });
          return seen;
        },
        { at: index, job: rest, floats: [...x] },
      );
      assertSucceeded(events);
      return events;
    },
    visitOwnModel: (files) =>
      page.evaluate(
        async ({ at, given }) => {
          const engine = (window as unknown as BenchWindow).engines[at];
          if (engine === undefined) throw new Error('the page was reloaded');
          const blobs = given.map(({ path, bytes }) => ({ path, data: new Blob([new Uint8Array(bytes)]) }));
          const { id, guessed } = await engine.inspectOwnModel(blobs);
          await engine.addOwnModel(id, guessed);
          await engine.removeOwnModel(id);
        },
        { at: index, given: files },
      ),
    memory: () =>
      page.evaluate(async (at) => {
        const engine = (window as unknown as BenchWindow).engines[at];
        if (engine === undefined) throw new Error('the page was reloaded');
        return engine.memory();
      }, index),
    jsHeap: async () => {
      readHeap ??= await workerHeapReader(page, workerUrl);
      return readHeap();
    },
  };
}
