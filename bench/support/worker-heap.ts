import type { CDPSession, Page } from '@playwright/test';

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize: number;
  /** Array buffers; the memory of a wasm module is not among them. */
  readonly backingStorageSize: number;
}

interface WorkerMessage {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * Reads the JavaScript heap of the page's one worker of that address, in bytes after a collection, over the DevTools
 * protocol. performance.measureUserAgentSpecificMemory would do as well, but lets one wait for many seconds.
 */
export async function workerHeapReader(page: Page, workerUrl: string): Promise<() => Promise<number>> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const workers: string[] = [];
  const waiting = new Map<number, (message: WorkerMessage) => void>();
  cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.url === workerUrl) workers.push(sessionId);
  });
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const reply = JSON.parse(message) as WorkerMessage;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const [sessionId] = workers;
  if (sessionId === undefined || workers.length > 1) {
    throw new Error(`the page has ${workers.length} workers of ${workerUrl} instead of one`);
  }
  let id = 0;
  const ask = async (method: string): Promise<unknown> => {
    const answer = new Promise<WorkerMessage>((resolve) => waiting.set(++id, resolve));
    await cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(error.message);
    return result;
  };
  return async () => {
    await ask('HeapProfiler.collectGarbage');
    const usage = (await ask('Runtime.getHeapUsage')) as HeapUsage;
    return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
  };
}
